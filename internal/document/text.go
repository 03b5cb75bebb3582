package document

// Any uploaded file as text: .docx, plain, CSV or HTML, by what it is and not by its name.

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"yipanqi/internal/charset"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

const (
	bigFile   = "文件太大：最大20 MB。请删去图片或拆成几个文件后再上传。"
	longText  = "文件里的文字超过200万字。请拆成几个文件后再上传。"
	manyCells = "这份表格超过50万格，无法核对。请只留下要核对的部分后再上传。"
	manyTags  = "这个网页文件里的标记过多，无法读取。请把文字复制到 Word 中另存为 .docx 后再上传。"
	noText    = "文件里没有文字。如果内容是图片或扫描件，请上传有文字的 Word 原稿（.docx）。"
	withKey   = "这份文档加了密码，无法读取。请在 Word 或 WPS 中取消密码，另存为 .docx 后再上传。"
	oldOffice = "这是旧版文档（.doc、.xls、.ppt 或 .wps）。请在 Word 或 WPS 中另存为 .docx 后再上传。"
	fixedPage = "这是版式文件（PDF 或 OFD）。请上传它的 Word 原稿；没有原稿的，请在 Word 或 WPS 中转换并另存为 .docx 后再上传。"
	workbook  = "这是 Excel 表格（.xlsx）。请另存为 .csv，或把表格复制到 Word 中另存为 .docx 后再上传。"
	picture   = "这是图片，里面没有可以核对的文字。请上传有文字的 Word 原稿（.docx）。"
	rich      = "这份文档的格式无法读取。请在 Word 或 WPS 中另存为 .docx 后再上传。"
	notText   = "这份文件不是文字文件，或文字编码无法识别。请另存为 .docx，或另存为 UTF-8 编码的 .txt 后再上传。"
)

const (
	maxFile   = 20 << 20 // bytes, as the web kernel accepts for an upload
	maxCells  = 500_000  // of a .csv
	maxMarkup = 500_000  // tags and attributes of an HTML page
)

// MaxText is how many code points a text may have.
const MaxText = 2_000_000

// ReadFile returns the bytes of a file for ReadText and Annotate. A file of more than 20 MB is errs.Invalid and not
// read, a path that is no ordinary file is errs.Missing.
func ReadFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, errs.Missingf("找不到或打不开文件%s。请检查路径。", path)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil || !info.Mode().IsRegular():
		return nil, errs.Missingf("%s不是文件。请给出要读取的文件的路径。", path)
	case info.Size() > maxFile:
		return nil, errs.Invalidf(bigFile)
	}
	return ReadBody(f)
}

// ReadBody reads r to its end for ReadText and Annotate and stops with errs.Invalid after 20 MB.
func ReadBody(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err == nil && len(body) > maxFile {
		return nil, errs.Invalidf(bigFile)
	}
	return body, err
}

// ReadText returns the text of a .docx, of plain text (UTF-8, UTF-16 with a byte order mark, GB18030, Big5), .csv or
// HTML. What it is, is told by the content; the name only tells .csv and pieces of HTML from plain text and may be
// empty. A line of the text is a paragraph or a row of a table, whose cells are parted by tabs. Lines end with "\n",
// and there are no other control characters but tabs. What it cannot read is errs.Invalid and the message says what to
// do.
func ReadText(name string, body []byte) (string, error) {
	if len(body) > maxFile {
		return "", errs.Invalidf(bigFile)
	}
	f, err := readAny(strings.ToLower(filepath.Ext(name)), body)
	if err != nil {
		return "", err
	}
	switch text := f.text.String(); {
	case strings.TrimSpace(text) == "":
		return "", errs.Invalidf(noText)
	case f.at > MaxText:
		return "", errs.Invalidf(longText)
	default:
		return text, nil
	}
}

func readAny(ext string, body []byte) (*flow, error) {
	f := new(flow)
	if bytes.HasPrefix(body, []byte("PK\x03\x04")) || bytes.HasPrefix(body, ole) {
		c, err := readWord(body)
		if err == nil {
			f.lines(c.blocks)
		}
		return f, err
	}
	if msg := foreign(body); msg != "" {
		return nil, errs.Invalidf(msg)
	}
	head := strings.ToLower(string(body[:min(len(body), 4096)]))
	isHTML := ext == ".html" || ext == ".htm" || htmlStart.MatchString(head)
	label := ""
	if found := metaCharset.FindStringSubmatch(head); isHTML && found != nil {
		label = found[1]
	}
	text, ok := decode(body, label)
	if !ok {
		return nil, errs.Invalidf(notText)
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	isHTML = isHTML || htmlStart.MatchString(strings.ToLower(text[:min(len(text), 4096)])) // as UTF-16 shows late
	switch {
	case !isHTML && utf8.RuneCountInString(text) > MaxText: // before anything is made of it
		return nil, errs.Invalidf(longText)
	case isHTML:
		blocks, err := readHTML(text)
		if err != nil {
			return nil, err
		}
		f.lines(blocks)
	case otherMarkup.MatchString(text[:min(len(text), 512)]):
		return nil, errs.Invalidf(rich)
	case ext == ".csv":
		rows, err := readCSV(text)
		if err != nil {
			return nil, err
		}
		f.lines(rows)
	default:
		f.add(strings.Map(plain, text))
	}
	return f, nil
}

var (
	htmlStart   = regexp.MustCompile(`^(\x{FEFF}|\xEF\xBB\xBF)?\s*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)*<(!doctype\s+html|html)[\s>]`)
	metaCharset = regexp.MustCompile(`<meta[^>]+charset\s*=\s*["']?([\w-]+)`)
	otherMarkup = regexp.MustCompile(`^\x{FEFF}?\s*(<\?xml|<svg|\{\\rtf|MIME-Version:|From: <Saved by)`)
)

// readWord reads a .docx, or says what else the package is.
func readWord(body []byte) (content, error) {
	if bytes.HasPrefix(body, ole) {
		if bytes.Contains(body, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e")) {
			return content{}, errs.Invalidf(withKey)
		}
		return content{}, errs.Invalidf(oldOffice)
	}
	a, err := unpack(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return content{}, err
	}
	switch {
	case a.file("OFD.xml") != nil:
		return content{}, errs.Invalidf(fixedPage)
	case a.file("xl/workbook.xml") != nil:
		return content{}, errs.Invalidf(workbook)
	}
	return a.read()
}

// foreign is what to say about a format that its first bytes betray.
func foreign(body []byte) say.Key {
	for _, f := range []struct {
		magic string
		msg   say.Key
	}{
		{"%PDF-", fixedPage}, {"\x89PNG", picture}, {"\xFF\xD8\xFF", picture}, {"GIF8", picture}, {"II*\x00", picture},
		{"MM\x00*", picture}, {"RIFF", picture}, {"{\\rtf", rich}, {"PK", damaged},
	} {
		if bytes.HasPrefix(body, []byte(f.magic)) &&
			(f.magic != "PK" && f.magic != "RIFF" || bytes.IndexByte(body[:min(len(body), 64)], 0) >= 0) {
			return f.msg
		}
	}
	return ""
}

// decode makes UTF-8 of body. A label that the file gives its encoding is believed only if the bytes are no valid
// UTF-8: editors change the encoding and leave the label.
func decode(body []byte, label string) (string, bool) {
	var from encoding.Encoding = encoding.Nop
	switch {
	case bytes.HasPrefix(body, []byte("\xFF\xFE")), bytes.HasPrefix(body, []byte("\xFE\xFF")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case utf8.Valid(body):
	default:
		from = charset.Of(body)
		if named, err := htmlindex.Get(label); err == nil && named != unicode.UTF8 && named != simplifiedchinese.GBK {
			from = named
		}
	}
	decoded, err := from.NewDecoder().Bytes(body)
	if err != nil {
		return "", false
	}
	controls, wrong := 0, bytes.Count(decoded, []byte("\uFFFD"))
	for _, c := range decoded {
		if c < ' ' && !bytes.ContainsRune([]byte("\t\n\v\f\r"), rune(c)) {
			controls++
		}
	}
	// A stray byte may be in any text; what has many is none.
	return string(decoded), (controls+wrong)*100 <= len(decoded) && (wrong == 0 || from != simplifiedchinese.GB18030)
}

// readCSV makes a row of every record, and of lines that are no records what they are.
func readCSV(text string) ([]*block, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\uFEFF")))
	r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = -1, true, true
	var blocks []*block
	for cells := 0; ; {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return blocks, nil
		}
		if cells += max(1, len(record)); cells > maxCells {
			return nil, errs.Invalidf(manyCells)
		}
		row := &block{cells: []*cell{}}
		for _, field := range record {
			row.cells = append(row.cells, &cell{blocks: []*block{line(strings.TrimRight(field, "\n"))}})
		}
		blocks = append(blocks, row)
	}
}

// line is a paragraph of one piece.
func line(s string) *block { return &block{pieces: []*piece{{text: s}}} }
