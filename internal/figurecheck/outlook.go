package figurecheck

// Parts of a text that tell of what is to be: numbers there are plans and hold against no data.

import (
	"slices"
	"strings"
)

// findOutlooks finds the parts of the text whose heading says that they tell of what is to be: 二、下一步打算. Such a
// part ends at the next heading numbered in the same way, or at one that looks back.
func (s *scene) findOutlooks() {
	start, style := -1, rune(0)
	for at := 0; at < len(s.text.folded); {
		line := s.line(at)
		at = line.End + 1
		text := strings.TrimSpace(string(s.text.folded[line.Start:line.End]))
		if text == "" || len([]rune(text)) > maxSubject || strings.ContainsAny(text, "。\t|") {
			if from := s.lead(line); from > 0 && start < 0 {
				s.outlooks = append(s.outlooks, Span{from, line.End})
			}
			continue
		}
		ahead, back := s.says(line, ahead), s.says(line, back)
		numbered := headingStyle(text)
		if start >= 0 && (back || numbered == style) {
			s.outlooks = append(s.outlooks, Span{start, line.Start})
			start = -1
		}
		if start < 0 && ahead && !back {
			start, style = line.End, numbered
		}
	}
	if start >= 0 {
		s.outlooks = append(s.outlooks, Span{start, len(s.text.folded)})
	}
}

// lead is where the words end that open a paragraph on what is to be, 三、2023年打算。 or 下一步，; 0 if none do.
func (s *scene) lead(line Span) int {
	end := line.Start
	for end < line.End && end-line.Start <= maxSubject && !strings.ContainsRune("。:,\t|", s.text.at(end)) {
		end++
	}
	if sign := s.text.at(end); sign == '\t' || sign == '|' || end-line.Start > maxSubject {
		return 0
	}
	if opening := (Span{line.Start, end}); s.says(opening, ahead) && !s.says(opening, back) {
		return end
	}
	return 0
}

// says says whether a word of the role stands in the line.
func (s *scene) says(line Span, role role) bool {
	for i := line.Start; i < line.End; i++ {
		if scopes().at(s.text, i).role&role != 0 {
			return true
		}
	}
	return false
}

// headingStyle is how a heading is numbered: the same for 一、 and 十二、, another for （一） and 1.; 0 if it is not.
func headingStyle(text string) rune {
	for i, r := range []rune(text) {
		switch {
		case r == '(' && i == 0:
			return '('
		case strings.ContainsRune("、.", r) && i > 0:
			return r
		case r == ':' || !isDigit(r) && chineseDigit(r) < 0 && chineseScale(r) == 0 &&
			!strings.ContainsRune("第章节部分", r):
			return 0
		case strings.ContainsRune("章节部分", r):
			return r
		}
	}
	return 0
}

// outlook says whether i stands in a part that tells of what is to be.
func (s *scene) outlook(i int) bool {
	at, _ := slices.BinarySearchFunc(s.outlooks, i, func(part Span, i int) int { return part.End - i - 1 })
	return at < len(s.outlooks) && s.outlooks[at].Start <= i
}
