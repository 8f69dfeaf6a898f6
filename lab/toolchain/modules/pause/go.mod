module rayform/toolchain/pause

go 1.26
