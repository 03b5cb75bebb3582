package check

// The text given back as a Word document with a comment on each figure; how comments are put in is document's.

import (
	"bytes"
	"context"
	"strings"
	"unicode"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/setting"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type documentInput struct {
	ID  string `json:"id"`
	All bool   `json:"all"` // comment on unknown figures too
}

// document is the text with a comment on each figure: in the document that was uploaded, or in a plain one.
func (p pages) document(r *web.Request, in documentInput) (web.File, error) {
	c, result, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.File{}, err
	}
	sample, err := setting.IsSample(r.Tx)
	if err != nil {
		return web.File{}, err
	}
	ctx := part.With(context.Background(), part.Env{Lang: r.Lang})
	w := writer{ctx: ctx, site: r.Site, author: part.T(ctx, "数据核对"), sample: sample}
	notes, write := w.notes(result, in.All), w.plain
	if c.Digest != "" {
		original, err := p.files.Get(c.Digest)
		if err != nil {
			return web.File{}, err
		}
		write = func(b *bytes.Buffer, _ Check, notes []document.Note) (missed int, err error) {
			err = web.Files.Do(r.Context, func() error {
				missed, err = document.Annotate(b, original, notes, r.Tx.Now.In(db.China))
				return err
			})
			return missed, err
		}
	}
	var b bytes.Buffer
	head := w.summary(c, result, 0)
	missed, err := write(&b, c, append(head, notes...))
	if err == nil && missed > 0 { // say so in the document itself
		b.Reset()
		_, err = write(&b, c, append(w.summary(c, result, missed), notes...))
	}
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || unicode.IsControl(r) {
			return '-'
		}
		return r
	}, strings.TrimSuffix(c.Name, "…"))
	return web.File{Name: name + " " + w.author + ".docx", MediaType: document.MediaType, Body: b.Bytes()}, err
}

// writer says what stands in comments.
type writer struct {
	ctx          context.Context
	site, author string
	sample       bool
}

func (w writer) plain(b *bytes.Buffer, c Check, notes []document.Note) (int, error) {
	title := ""
	if w.sample {
		title = part.T(w.ctx, document.SampleMark)
	}
	return document.Marked(b, title, c.Text, notes, c.CreatedAt.In(db.China))
}

// notes are the comments on statistics; unknown ones only if all is set.
func (w writer) notes(r Result, all bool) (notes []document.Note) {
	for _, i := range r.Figures {
		if !i.Kind.Statistic() || i.Verdict == Unknown && !all {
			continue
		}
		notes = append(notes, document.Note{Start: i.Start, End: i.End, Author: w.author,
			Text: w.comment(i), Level: level(i.Verdict)})
	}
	return notes
}

func (w writer) comment(i Item) string {
	verdict := i.Verdict.sign() + " " + part.T(w.ctx, i.Verdict.Words())
	if i.Simulated {
		verdict += part.T(w.ctx, "（模拟数据）")
	}
	lines := []string{verdict}
	if i.Expected != "" {
		lines = append(lines, part.T(w.ctx, "应为：%s", i.Right()))
	}
	if why := part.Say(w.ctx, i.Why...); why != "" {
		lines = append(lines, part.T(w.ctx, "依据：%s", why))
	}
	if i.Corrected != nil {
		lines = append(lines, i.Corrected.who(w.ctx))
	}
	if i.Proof != "" {
		lines = append(lines, part.T(w.ctx, "出处：%s", w.site+i.Proof))
	}
	return strings.Join(lines, "\n")
}

// summary is the comment on the first line of the text: how many figures stand how, what the colours mean, and that a
// sample is one.
func (w writer) summary(c Check, r Result, missed int) []document.Note {
	from, to, text := 0, 0, []rune(c.Text)
	for from < len(text) && unicode.IsSpace(text[from]) {
		from++
	}
	for to = from; to < len(text) && to < from+30 && text[to] != '\n' && text[to] != '\t'; {
		to++
	}
	var lines []string
	if w.sample {
		lines = append(lines, part.T(w.ctx, "演示样稿：本系统装有演示数据，核对结果不能作为正式依据。"))
	}
	lines = append(lines, part.T(w.ctx, "共核对%d个数字。", r.Statistics()))
	for _, v := range verdicts() {
		if n := r.Count(v); n > 0 {
			lines = append(lines, part.T(w.ctx, "%s：%d个", part.T(w.ctx, v.Words()), n))
		}
	}
	lines = append(lines, part.T(w.ctx, "底色：红是不符，蓝是数据已变，黄是取整或约数相符，绿是已证实，紫是与公开来源或纸质签字的报表一致，灰是未知。"))
	if missed > 0 {
		lines = append(lines, part.T(w.ctx, "有%d处批注在原文档里没有位置，请看核对页面。", missed))
	}
	return []document.Note{{Start: from, End: to, Author: w.author, Text: strings.Join(lines, "\n")}}
}

func level(v Verdict) document.Level {
	switch v {
	case Proven:
		return document.Good
	case Paper, Published:
		return document.Published
	case Consistent:
		return document.Near
	case Changed:
		return document.Changed
	case Contradicted:
		return document.Wrong
	}
	return document.Unknown
}
