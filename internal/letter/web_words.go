package letter

// Titles and notes of the pages.

import (
	"context"
	_ "embed"
	"strconv"

	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

func (d formData) title(ctx context.Context) string {
	switch {
	case d.ID == "":
		return part.T(ctx, "起草发文")
	case d.l.Correcting():
		return part.T(ctx, "更正：%s", d.l.Title)
	}
	return part.T(ctx, "修改：%s", d.l.Title)
}

func (d formData) bodyHelp(ctx context.Context) string {
	return part.T(ctx, "一段一行。“一、”“（一）”开头、独占一行的短句排成标题。") +
		part.T(ctx, "数据写成引用，定稿时自动取数并注明是否双签字，例如 {{figure 指标代码 year=2023}}。")
}

// counted says how many figures the text has, and how many of them are signed by two.
func (d showData) counted(ctx context.Context) string {
	if d.Figures.All == 0 {
		return part.T(ctx, "正文没有统计数据。")
	}
	return part.T(ctx, "%d项数据，%d项已双签字", d.Figures.All, d.Figures.Signed)
}

// proposal says which kind the addressees suggest.
func (d formData) proposal(ctx context.Context) string {
	if d.Proposed == "" || d.Proposed == d.l.Kind {
		return part.Say(ctx, d.Why)
	}
	return part.T(ctx, "建议改用%s。", part.T(ctx, d.Proposed.Words())) + part.Say(ctx, d.Why)
}

func (d formData) disclosures(ctx context.Context) []part.Option {
	return append([]part.Option{{Label: part.T(ctx, "请选择")}}, choiceOptions(ctx, Disclosures)...)
}

func (d showData) textNote(ctx context.Context) string {
	if d.Frozen {
		return part.T(ctx, "已定稿，与签字的文本一致。")
	}
	return part.T(ctx, "草稿，还没有核稿。")
}

func (d showData) receiptsNote(ctx context.Context) string {
	return part.T(ctx, "第%d版：%d个单位中%d个已签收，期限%s。", d.l.InForce, d.l.Addressed, d.l.Received,
		d.l.ReceiptDue)
}

func (d showData) issueNote(ctx context.Context) string {
	if d.l.Number != "" {
		return part.T(ctx, "更正后的第%d版沿用%s，各单位要重新签收。", d.l.Edition, d.l.Number)
	}
	return part.T(ctx, "编定文号，送%d个收文单位签收。发出后不能改，只能更正或撤回。", len(d.l.Main)+len(d.l.Copies))
}

var reasonNotes = map[string]say.Key{
	VerbReturn:   "退回后由拟稿人修改，已有的签名作废。",
	VerbReplace:  "发出的文件有错，另成一版，沿用文号。",
	VerbDrop:     "正在写的更正作废，原版本继续有效。",
	VerbWithdraw: "作废这件发文；发过的文号保留并注明。",
}

func (d showData) reasonNote(ctx context.Context, verb string) string {
	return part.T(ctx, reasonNotes[verb])
}

// document is the address of the version that is shown, as a file.
func (d showData) document() string {
	return d.l.URL() + "/document?edition=" + strconv.FormatInt(d.version.Edition, 10)
}

// cover is the address of its cover note.
func (d showData) cover() string {
	return d.l.URL() + "/cover?edition=" + strconv.FormatInt(d.version.Edition, 10)
}

// edition is the page of a version.
func (d showData) edition(n int64) string { return d.l.URL() + "?edition=" + strconv.FormatInt(n, 10) }

// fileURL is where an attachment is handed out; empty if it does not lie there any more.
func (d showData) fileURL(f File) string {
	for _, e := range d.files {
		if e.Digest == f.Digest && e.Field == "" {
			return "/files/" + e.ID
		}
	}
	return ""
}
