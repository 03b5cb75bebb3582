package table

// Mistakes in a file by line and column, all of them at once.

import (
	"fmt"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Problem is one mistake in a file. Line counts from 1; 0 and an empty Column mean the whole of it.
type Problem struct {
	File   string
	Line   int
	Column string
	Reason say.Words
}

func (p Problem) Error() string {
	place := p.File
	if p.Line > 0 {
		place += fmt.Sprintf("第%d行", p.Line)
	}
	if p.Column != "" {
		place += fmt.Sprintf("“%s”列", p.Column)
	}
	return place + "：" + p.Reason.String()
}

// Problems are all mistakes found, so that a user mends everything in one go.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Check is nil without problems, else an Invalid error that wraps them.
func (p Problems) Check() error {
	if len(p) == 0 {
		return nil
	}
	return &errs.Error{Kind: errs.Invalid, Words: say.New("文件有%d处错误，请全部改正后重试", len(p)), Err: p}
}
