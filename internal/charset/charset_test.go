package charset_test

// Texts of offices in each encoding are told apart; what is short, or strange in both, is GB 18030.

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"yipanqi/internal/charset"
)

func TestOldEncodingsAreToldApart(t *testing.T) {
	t.Parallel()
	for text, from := range map[string]encoding.Encoding{
		"二〇二三年全市孕产妇系统管理率为百分之九十六点三，比上年提高零点四个百分点。":   simplifiedchinese.GB18030,
		"code,name\nA1,卫生健康委员会\nA2,妇女儿童工作委员会办公室\n": simplifiedchinese.GB18030,
		"卫生局": simplifiedchinese.GB18030,
		"婦女與兒童發展規劃監測統計報表，各區應於三月底前報送。":                simplifiedchinese.GB18030, // GBK has them too
		"二○二三年全市孕產婦系統管理率為百分之九十六點三，比上年提高零點四個百分點。":     traditionalchinese.Big5,
		"code,name\nA1,衛生福利部國民健康署\nA2,婦女權益促進發展基金會\n": traditionalchinese.Big5,
		"婦女與兒童發展計畫的監測統計報表，各區應於三月底前報送，逾期不予受理。":        traditionalchinese.Big5,
	} {
		encoder := from.NewEncoder()
		data, err := encoder.String(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		decoded, err := charset.Of([]byte(data)).NewDecoder().String(data)
		if err != nil || decoded != text {
			t.Errorf("%q is read as %q (%v)", text, decoded, err)
		}
		if long := strings.Repeat(data, 50); charset.Of([]byte(long)) != from {
			t.Errorf("many times %q is taken for another encoding", text)
		}
	}
}
