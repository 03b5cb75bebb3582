// Yipanqi 一盘棋 is the working system of a city's Women and Children Working Committee.
package main

import (
	"os"

	"yipanqi/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
