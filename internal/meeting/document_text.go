package meeting

// What the program proposes to write in the notice of a meeting and in its minutes, from what is known of it. Both are
// papers, so they are Chinese whatever language the page has. Who sends them changes what is to be changed; the lists
// of who was there are put below the minutes by package letter.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/document"
)

// noticeText is the notice: time and place, agenda, who is asked, what is asked of them, whom to ask, the reply slip.
func (d showData) noticeText() string {
	text := []string{"定于" + document.Day(d.m.Day()) + "召开" + d.m.Title + "，现将有关事项通知如下。",
		"一、时间和地点", "时间：" + d.m.when() + "。"}
	if d.m.Form != Room {
		text = append(text, "形式："+string(formWords[d.m.Form])+"。")
	}
	if d.m.Place != "" {
		text = append(text, "地点："+d.m.Place+"。")
	}
	text = append(text, "二、议程")
	for n, a := range d.Meeting.Agenda {
		line := strconv.Itoa(n+1) + "．" + a.Title
		if who := d.speaker(a); who != "" {
			line += "（" + who + "）"
		}
		text = append(text, line+"。")
	}
	text = append(text, "三、参会范围")
	if d.m.Scope != "" {
		text = append(text, strings.TrimRight(d.m.Scope, "。")+"。")
	}
	text = append(text, d.asked()...)
	text = append(text, "四、有关要求")
	for n, line := range d.demands() {
		text = append(text, strconv.Itoa(n+1)+"．"+line)
	}
	if d.contact != "" {
		text = append(text, "五、联系人", d.contact+"。")
	}
	return strings.Join(append(text, "附：参会回执", "| 单位 | 姓名 | 职务 | 电话 | 参会、请假或代会 |",
		"|  |  |  |  |  |"), "\n")
}

// asked are the units by capacity, together those of whom the same is asked.
func (d showData) asked() (lines []string) {
	for _, c := range capacities {
		var wants []string
		units := map[string][]string{}
		for _, i := range d.Meeting.Invitations {
			if i.Capacity != c.Code {
				continue
			}
			want := "名额" + strconv.Itoa(i.Seats) // 3人 would be a statistic that somebody typed
			if i.Level != "any" {
				want = string(wordOf(levels, i.Level)) + "，" + want
			}
			if len(units[want]) == 0 {
				wants = append(wants, want)
			}
			units[want] = append(units[want], d.short(i.Unit))
		}
		var groups []string
		for _, want := range wants {
			each := map[bool]string{true: "每单位"}[len(units[want]) > 1]
			groups = append(groups, strings.Join(units[want], "、")+"（"+each+want+"）")
		}
		if len(groups) > 0 {
			lines = append(lines, string(c.Word)+"："+strings.Join(groups, "；")+"。")
		}
	}
	return lines
}

// demands are what is asked of those who come.
func (d showData) demands() (all []string) {
	if d.m.ReplyBy != "" {
		all = append(all, "请于"+document.Day(d.m.ReplyBy)+"前报送参会回执。")
	}
	all = append(all, "因故不能参会的，请写明请假原因和代会人员。")
	files, speakers := false, []string{}
	for _, a := range d.Meeting.Agenda {
		files = files || len(a.Files) > 0
		if who := d.short(a.SpeakerUnit); len(a.Files) == 0 && a.SpeakerUnit != "" && a.SpeakerUnit != d.m.Host &&
			!slices.Contains(speakers, who) {
			speakers = append(speakers, who)
		}
	}
	if files {
		all = append(all, "会议材料在系统的会议页上，请会前阅读。")
	}
	if len(speakers) > 0 {
		all = append(all, "请"+strings.Join(speakers, "、")+"在会前把发言材料交会务。")
	}
	return all
}

// minutesText are the minutes: what meeting it was, what it heard and reviewed, what it decided.
func (d showData) minutesText() string {
	m := d.Meeting
	place := map[bool]string{true: "在" + d.m.Place}[d.m.Place != ""]
	text := []string{document.Day(d.m.Day()) + "，" + d.units[m.Host].Name + place + "召开" + m.Title + "。会议由" +
		d.units[m.ChairUnit].Name + "主持。"}
	var heard, reviewed, rest []string
	for _, a := range m.Agenda {
		title := "《" + a.Title + "》"
		switch {
		case a.Kind == "review":
			if a.Outcome != "" {
				title += "（" + string(wordOf(outcomes, a.Outcome)) + "）"
			}
			reviewed = append(reviewed, title)
		case slices.Contains([]string{"report", "brief", "exchange", "speech"}, a.Kind):
			heard = append(heard, strings.TrimSpace(d.speaker(a)+title))
		default:
			rest = append(rest, a.Title)
		}
	}
	said := ""
	for _, of := range []struct {
		begins string
		items  []string
	}{{"会议听取了", heard}, {"会议审议了", reviewed}, {"会议还安排了", rest}} {
		if len(of.items) > 0 {
			said += of.begins + strings.Join(of.items, "、") + "。"
		}
	}
	if said != "" {
		text = append(text, said)
	}
	if len(m.Decisions) > 0 {
		text = append(text, "会议议定以下事项：")
		for _, one := range m.Decisions {
			text = append(text, strconv.Itoa(one.Number)+"．"+d.sentence(one))
		}
	}
	return strings.Join(text, "\n")
}

// sentence is a decision with who does it by when.
func (d showData) sentence(one decided) string {
	who := []string{}
	if one.Lead != "" {
		who = append(who, d.short(one.Lead)+"牵头")
	}
	if len(one.Supporting) > 0 {
		var units []string
		for _, code := range one.Supporting {
			units = append(units, d.short(code))
		}
		who = append(who, strings.Join(units, "、")+"配合")
	}
	switch {
	case one.DueByLead:
		who = append(who, "期限由牵头单位定")
	case one.Due != "":
		who = append(who, document.Day(one.Due)+"前完成")
	}
	text := strings.TrimRight(one.Text, "。. ")
	if len(who) > 0 {
		text += "（" + strings.Join(who, "，") + "）"
	}
	return text + "。"
}

// speaker is who speaks to an item, as a paper names them.
func (d showData) speaker(a item) string {
	return strings.TrimSpace(d.short(a.SpeakerUnit) + a.Speaker)
}

func (d showData) short(code string) string {
	if u := d.units[code]; u.ShortName != "" {
		return u.ShortName
	}
	return d.units[code].Name
}
