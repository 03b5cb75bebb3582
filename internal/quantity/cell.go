package quantity

// A cell as typed, pasted or imported, read into an integer of the smallest unit with its mark: the one reader for all
// ways in.

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"yipanqi/internal/errs"
)

var (
	number  = regexp.MustCompile(`^-?(\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.(\d+))?$`)
	grouped = regexp.MustCompile(`^-?\d[\d,]*(?:\.\d+)?$`)
)

// affixes are the words around a number that carry its mark, before it or after it; the English ones are those that
// English pages show.
var affixes = [...]struct {
	before, after string
	mark          Mark
}{
	{"近", "", Nearly}, {"超过", "", Over}, {"", "余", Over}, {"", "以上", AtLeast}, {"约", "", About},
	{"", "左右", About}, {"保密", "", Confidential},
	{"nearly ", "", Nearly}, {"over ", "", Over}, {"at least ", "", AtLeast}, {"about ", "", About},
	{"confidential ", "", Confidential},
}

// marks are the words that stand instead of a number.
var marks = map[string]Mark{"": Empty, "不适用": NotApplicable, "暂缺": Pending,
	"not applicable": NotApplicable, "not yet available": Pending}

// Marks are the words that may stand instead of a number.
func Marks() (words []string) { return slices.Sorted(maps.Keys(marks))[1:] }

// Around are the words that may stand beside a number.
func Around() (words []string) {
	for _, a := range affixes {
		words = append(words, strings.TrimSpace(a.before+a.after))
	}
	return words
}

// maxDigits keeps |value| below 10^15, so that sums of many stay exact in 64 bits.
const maxDigits = 15

// ParseCell reads a cell as typed, pasted or imported, into the smallest unit of an element with so many decimals.
// Full-width characters and separators of thousands are read as what they mean, zeros behind the last decimal say
// nothing. Any other excess decimal is refused, never rounded. The error is errs.Invalid and says what to type.
func ParseCell(text string, decimals int) (value int64, mark Mark, err error) {
	if value, ok := onlyDigits(text, decimals); ok {
		return value, Exact, nil
	}
	text = strings.ToLower(strings.TrimSpace(plain(text)))
	if mark, known := marks[text]; known {
		return 0, mark, nil
	}
	if text == Confidential.Words() || text == "confidential" {
		return 0, Confidential, errs.Invalidf("保密的数也要填，只是不公开，例如：保密 12")
	}
	inner := text
	for _, a := range affixes {
		rest, before := strings.CutPrefix(text, a.before)
		rest, after := strings.CutSuffix(rest, a.after)
		if before && after {
			inner, mark = strings.TrimSpace(rest), a.mark
			break
		}
	}
	value, err = parseNumber(inner, decimals)
	return value, mark, err
}

// onlyDigits reads what most cells hold, digits alone, without looking for anything else.
func onlyDigits(text string, decimals int) (value int64, ok bool) {
	if text == "" || len(text)+decimals > maxDigits {
		return 0, false
	}
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return 0, false
		}
		value = value*10 + int64(c-'0')
	}
	for range decimals {
		value *= 10
	}
	return value, true
}

func parseNumber(text string, decimals int) (int64, error) {
	found := number.FindStringSubmatch(text)
	if found == nil {
		return 0, explain(text)
	}
	whole, fraction := strings.NewReplacer(",", "", " ", "").Replace(found[1]), found[2]
	if len(fraction) > decimals {
		fraction = fraction[:decimals] + strings.TrimRight(fraction[decimals:], "0")
	}
	if len(fraction) > decimals {
		if decimals == 0 {
			return 0, errs.Invalidf("小数位太多：本项只填整数")
		}
		return 0, errs.Invalidf("小数位太多：本项最多%d位小数", decimals)
	}
	all := strings.TrimLeft(whole+fraction, "0") + strings.Repeat("0", decimals-len(fraction))
	if len(all) > maxDigits {
		return 0, errs.Invalidf("数太大，请核对单位")
	}
	value, _ := strconv.ParseInt("0"+all, 10, 64)
	if text[0] == '-' {
		value = -value
	}
	return value, nil
}

// explanations are what people and spreadsheets write that looks like an answer and is none, in the order in which
// they are tried, each with what to type.
var explanations = [...]struct {
	looks *regexp.Regexp
	err   error
}{
	{regexp.MustCompile(`^(无|没有|空|暂无|未知|不详|不明|不清楚|未统计|未报|待[定报核查补]|缺|[-/\\.…*?]+|n\.?/?a\.?|` +
		`none|nil|null|unknown|tbd)$`),
		errs.Invalidf("看不出是哪一种：没有发生填 0，不涉及填“不适用”，还没有数填“暂缺”")},
	{regexp.MustCompile(`^[零〇○]$`), errs.Invalidf("没有发生请填数字 0")},
	{regexp.MustCompile(`^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(日|t.*)?$`), errs.Invalidf("这一格成了日期：请在Excel中把格式改为“常规”，再填数字")},
	{regexp.MustCompile(`^=`), errs.Invalidf("公式还没有算出结果：请在Excel中重新计算并保存，或直接填数字")},
	{regexp.MustCompile(`^#[\w/]+[!?]?$`), errs.Invalidf("公式出错了：请改正公式，或直接填数字")},
	{regexp.MustCompile(`^(true|false|是|否|有|√|✓)$`), errs.Invalidf("请填数量，不是有或没有：例如 1234，没有发生填 0")},
	{regexp.MustCompile(`^-?[\d.,]+e[-+]?\d+$`), errs.Invalidf("请写出全部数字，不用科学计数法，例如 1234")},
	{regexp.MustCompile(`近|约|超过|余|以上|左右|\d ?[多几]|逾|不到|不足|上下|以[下内]|至少|大概|估计`), errs.Invalidf("近、余、以上、约这样的字只写一个，旁边是数字，例如：近5000")},
	{regexp.MustCompile(`^[-\d.,]+ ?[%‰]$`), errs.Invalidf("只填数字，不带单位和百分号")},
	{regexp.MustCompile(`\d ?(千|万|百万|亿|千万)`), errs.Invalidf("请写出全部数字，不用万、亿，例如 50000")},
	{regexp.MustCompile(`^[零〇○一二两三四五六七八九十百千万亿廿壹贰叁肆伍陆柒捌玖拾佰仟]+[\p{Han}]?$`),
		errs.Invalidf("请用阿拉伯数字，例如 5000")},
	{regexp.MustCompile(`\d ?[-~至到/:+*×÷=] ?\d`), errs.Invalidf("只填一个数，不填范围、比或算式，例如 1234")},
	{regexp.MustCompile(`^\([\d.,]+\)$`), errs.Invalidf("负数前面写减号，例如 -5")},
	{regexp.MustCompile(`^-?\.\d+$`), errs.Invalidf("小数点前面要写 0，例如 0.5")},
	{regexp.MustCompile(`^-?\d+\.$|\d[。·、'’]\d`), errs.Invalidf("标点不对：小数点写作 . ，千分位不写，例如 1234.5")},
	{regexp.MustCompile(`^-?[\d.,]+ ?[(\[*#†①-⑳]`), errs.Invalidf("只填数字，说明另写在备注里")},
	{regexp.MustCompile(`^[-\d ]+$`), errs.Invalidf("数字中间有多余的空格或横线，请去掉，例如 1234")},
	{regexp.MustCompile(`^([¥$￥] ?[\d.,]+|[\d.,]+ ?\p{L}+)$`), errs.Invalidf("只填数字，不带单位和百分号")},
}

func explain(text string) error {
	if grouped.MatchString(text) && strings.Contains(text, ",") {
		return errs.Invalidf("千分位逗号的位置不对，请去掉逗号，例如 1234")
	}
	for _, e := range explanations {
		if e.looks.MatchString(text) {
			return e.err
		}
	}
	return errs.Invalidf("请填数字，例如 1234")
}

// plain turns full-width characters (１２．５，　), the kinds of blanks, dashes and minus signs into their ASCII twins,
// and drops what takes no room: it comes along unseen when a cell is copied from a page.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case unicode.Is(unicode.Zs, r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Pd, r), r == '−', r == '─', r == '━':
			return '-'
		}
		return r
	}, s)
}
