package check_test

// A figure that says nowhere where it is from is held against the area that its reader chose, and the marked document
// tells verdicts apart without colour too.

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/web/webtest"
)

// A text that names no area is asked about once; the answer holds for all of it, and for the unit if so chosen.
func TestWhichArea(t *testing.T) {
	each(t, func(t *testing.T, s *webtest.Site) {
		const text = "2017年，婚前医学检查率为12.76%，婴儿死亡率为6.8‰。"
		at := send(t, s, url.Values{"text": {text}}, nil)
		s.Run(t, webtest.Scenario{As: "office", Path: at, Contains: []string{"这份文字说的是哪个地区？",
			"0个数字已核对，2个没有：", "没有写明地区 <b>2</b>", "按北京市核对",
			`action="` + at + `/area"`, "文中没有说是哪个地区"}})
		if got := verdicts(read(t, s, at)); !slices.Equal(got, []string{"12.76% unknown", "6.8‰ unknown"}) {
			t.Errorf("before anybody says where: %q", got)
		}
		s.Run(t,
			webtest.Scenario{As: "chaoyang-statistician", Path: at + "/area",
				Form: url.Values{"version": {"1"}, "area": {"110105"}}, Status: 404},
			webtest.Scenario{As: "office", Path: at + "/area",
				Form: url.Values{"version": {"1"}, "area": {"999999"}}, Status: 404},
			webtest.Scenario{As: "office", Path: at + "/area",
				Form: url.Values{"version": {"7"}, "area": {"110000"}}, Status: 409},
			webtest.Scenario{As: "office", Path: at + "/area",
				Form: url.Values{"version": {"1"}, "area": {"110000"}}, Status: 303, Location: at},
			webtest.Scenario{As: "office", Path: at, Contains: []string{"文中没有写明地区的数字，按北京市核对。"},
				NotContains: []string{"这份文字说的是哪个地区？", "默认地区，由"}})
		if got := verdicts(read(t, s, at)); !slices.Equal(got, []string{"12.76% proven", "6.8‰ contradicted"}) {
			t.Errorf("said to be of Beijing: %q", got)
		}
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/checks", Contains: []string{`<option value="" selected>`},
				NotContains: []string{"本单位默认地区"}},
			webtest.Scenario{As: "office", Path: at + "/area",
				Form: url.Values{"version": {"2"}, "area": {"110101"}, "remember": {"true"}}, Status: 303},
			webtest.Scenario{As: "office", Path: at, Contains: []string{"按东城区核对。", "这是本单位的默认地区，由",
				"取消默认地区（东城区）"}},
			webtest.Scenario{As: "office", Path: "/checks", Contains: []string{`<option value="110101" selected>`,
				"已选的是本单位默认地区，由"}},
			webtest.Scenario{As: "chaoyang-statistician", Path: "/checks",
				NotContains: []string{"本单位默认地区"}}, // another unit chose nothing
			webtest.Scenario{As: "office", Path: at + "/area",
				Form: url.Values{"version": {"3"}, "forget": {"true"}}, Status: 303},
			webtest.Scenario{As: "office", Path: "/checks", NotContains: []string{"本单位默认地区"}},
			webtest.Scenario{As: "audit", Path: at + "/area",
				Form: url.Values{"version": {"3"}, "area": {"110000"}}, Status: 403})
	})
}

// A text that says of no time what it tells of is asked about once, and figures not judged are shown by what they lack.
func TestWhichYear(t *testing.T) {
	each(t, func(t *testing.T, s *webtest.Site) {
		at := send(t, s, url.Values{"text": {"全市婚前医学检查率为12.76%，印发读物3万册。"}}, nil)
		s.Run(t,
			webtest.Scenario{As: "office", Path: at, Contains: []string{"没有写明时间 <b>1</b>",
				"没有认出指标 <b>1</b>",
				`action="` + at + `/year"`, "verdict=unknown&amp;lacks=indicator"}},
			webtest.Scenario{As: "office", Path: at + "?lacks=indicator", Contains: []string{"3万册", "看全部数字"},
				NotContains: []string{`class="entry-figure" href="#m-9"`}},
			webtest.Scenario{As: "office", Path: at + "?lacks=nothing", Status: 404},
			webtest.Scenario{As: "office", Path: at + "/year", Form: url.Values{"version": {"1"}, "year": {"17"}},
				Status: 422},
			webtest.Scenario{As: "office", Path: at + "/year", Form: url.Values{"version": {"7"}, "year": {"2017"}},
				Status: 409},
			webtest.Scenario{As: "audit", Path: at + "/year", Form: url.Values{"version": {"1"}, "year": {"2017"}},
				Status: 403},
			webtest.Scenario{As: "office", Path: at + "/year", Form: url.Values{"version": {"1"}, "year": {"2017"}},
				Status: 303, Location: at})
		if got := verdicts(read(t, s, at)); !slices.Equal(got, []string{"12.76% proven", "3万册 unknown"}) {
			t.Errorf("said to be of 2017: %q", got)
		}
	})
}

// Proven, published and unknown figures look different in the commented document, with and without colour.
func TestColoursOfTheDocument(t *testing.T) {
	each(t, func(t *testing.T, s *webtest.Site) {
		at := send(t, s, url.Values{"text": {draft}}, nil)
		s.Run(t, webtest.Scenario{As: "office", Path: at,
			Contains: []string{at + "/document?all=true", "连同未知的1个"}})
		for path, want := range map[string]map[string]bool{
			at + "/document":          {"✓ 已证实": true, "＝ 与公开来源一致": true, "✕ 不符": true, "· 未知": false},
			at + "/document?all=true": {"✓ 已证实": true, "＝ 与公开来源一致": true, "✕ 不符": true, "· 未知": true},
		} {
			body := s.Check(t, webtest.Scenario{As: "office", Path: path}).Body.Bytes()
			comments, text := part(t, body, "word/comments.xml"), part(t, body, "word/document.xml")
			for words, there := range want {
				if strings.Contains(comments, words) != there {
					t.Errorf("%s: comment %q: want it %t", path, words, there)
				}
			}
			for colour, there := range map[string]bool{"E2F0D9": true, "E4DFEC": true, "F8CBAD": true,
				"EDEDED": want["· 未知"]} {
				if strings.Contains(text, colour) != there {
					t.Errorf("%s: colour %s: want it %t", path, colour, there)
				}
			}
		}
	})
}
