"""What browsers load beside the pages: libraries and our own files, built at set-up, served under /aset/."""
