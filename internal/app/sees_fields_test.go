package app_test

// What the inputs of all routes name, for the walk of sees_test.go: a new field must be named here, and a value that it
// needs to come to its object.

// shared is not an object of anybody's: definitions that all read, choices, and what a user types.
const shared = ""

// fields says what the inputs of all routes name, by field, or by path and field where the field alone does not say. A
// new field that stands here nowhere fails the test: say what it names.
var fields = map[string]string{
	// whoever knows a digest has the text or the file
	"digest": shared,
	"area":   "area", "unit": "unit", "plan": "plan", "file": "attachment", "person": "person", "post": "post",
	"/areas/{code} code": "area", "/units/{code} code": "unit", "/plans/{code} code": "plan",
	"/plans/{code}/steps code": "plan",
	"/tags/{code} code":        shared, "tag": shared, "/burden/{unit} unit": "unit",
	"/forms/{code} code": shared, "/forms code": shared, "/forms/{code}/rules rules": shared,
	"/editions digest": shared, "frequency": shared, "as": shared,
	"/indicators/{code} code": shared, "/indicators/{code}/values code": shared,
	"/published/{id} id": "published", "/submissions id": "submission", "/checks id": "check",
	"/submissions first": "person", "/submissions second": "person", "/submissions third": "person",
	"/engagements id": "engagement", "/room id": "engagement", "/third-parties id": "third", "/panels id": "panel",
	"/score-sheets id": "sheet", "third_party": "third", "follows": "sheet", "subject_unit": "unit", "author": "unit",
	"/room kind": shared, "of": "request", "/room file": "room file", "areas": "area", "documents": shared,
	"interests": shared, "appointment": shared, "opens_on": shared, "closes_on": shared, "deliverables": shared,
	"sent": shared, "valid": shared, "who": shared, "mode": shared, "until": shared, "document": shared,
	"members": shared, "head_of": shared, "quorum": shared, "meeting_object": shared, "conclusion": shared,
	"statement": shared, "present": shared, "items_text": shared, "side": shared, "item_number": shared,
	"points": shared, "/delegations id": "delegation", "to_id": "person",
	"/cycles id": "cycle", "forms": shared, "contact": shared, "training": "meeting",
	"review_meeting": "meeting", "submission": "submission", "untaught": shared,
	"published_on": shared, "/cycles report": "letter", "/cycles unit": "unit",
	"/issues id": "issue", "/issues answer": "answer", "research": shared, "advice": shared,
	"goals": shared, "repealed_on": shared,
	"measures":   shared,
	"assessment": shared, "causes": shared, "draw": shared, "ground": shared, "head": "unit", "team": "unit",
	"indicators": shared, "methods": shared, "on_day": shared, "questions": shared, "ref": shared, "relief": shared,
	"sites": shared, "told_acts": shared, "what": shared, "why": shared, "why_text": shared, "words": shared,
	"/layers id": shared, "approval": shared, "valid_on": shared,
	"/registers id": "record", "/records id": "record", "/registers/{code}/closings/{id} id": "closing",
	"/registers/{code}/closings/{id}/records id": "closing", "/registers/{code}/closings/{id}/reopen id": "closing",
	"/registers code": shared, "value": shared, "where": shared, "view": shared, "keep": shared,
	"/referrals id": "referral", "box": shared,
	"/faults id": "fault", "same_as": "fault", "/directory/{register}/{number}/faults item": shared, "register": shared,
	"number": shared, "/directory/faults code": shared,
	"/opinions id": "text", "opinion": "opinion", "changed_text": shared, "paragraph": shared,
	"reply": shared, "revision": shared, "shown_as": shared, "suggestion": shared, "weight": shared,
	"/requests id": "request", "/answers id": "answer", "reviewer": "post",
	"/todo/files/{file} file": "handout", "/trail id": "submission", "/trail file": "evidence", "/files id": "evidence",

	"/meetings id": "meeting", "/agenda id": "agenda", "/meetings/{id}/scores item": "agenda",
	"invitation": "invitation",
	"attendee":   "attendee", "decision": "decision", "meeting": "meeting", "prepared_by": "meeting", "host": "unit",
	"matter": "matter",
	// whom a meeting asks, names and tells what is for the host to say
	"agenda_item": shared, "body": shared, "capacity": shared, "chair_role": shared, "chair_unit": shared,
	"co_hosts": shared, "due_by_lead": shared, "due_on": shared, "ends": shared, "excuse": shared,
	"follow": shared, "hours": shared, "level": shared, "minutes": shared, "outcome": shared,
	"phone": shared, "reply_by": shared, "scope": shared, "score": shared, "seats": shared, "session": shared,
	"speaker": shared, "speaker_unit": shared, "stands_in_for": shared, "starts": shared, "subject": shared,
	"subjects": shared, "teacher": shared, "visible_to": shared, "why_not": shared,

	// of notices to posts that one does not hold, nothing is marked
	"/inbox/read id": shared, "job": shared, "entry": shared, "show": shared, "mail": shared, "email": shared,

	"/instructions id": "instruction", "leader": "person", "units": "unit", "paper": shared, "proposal": shared,
	"report":             shared,
	"/rectifications id": "rectification", "led_by": "post", "instruction": "instruction", "sessions": shared,
	"lines":       shared,
	"/no-data id": "nodata", "/indicator-links id": "link", "/sex-duties id": "duty", "/revisions id": "revision",
	"action": shared, "calibre": shared, "category": shared, "conversion": shared, "decimals": shared,
	"definition": shared,
	"difference": shared, "direction": shared, "effective": shared, "element": shared, "evidence": shared,
	"formula": shared, "local": shared, "measured_in": shared, "needs": shared, "now": shared, "obstacle": shared,
	"owner": "unit", "regime": shared, "relation": shared, "remarks": shared, "should": shared, "since": shared,
	"source_title": shared, "source_unit": "unit", "source_url": shared, "substitute": shared, "target_year": shared,
	"upper": shared, "upper_target": shared, "upper_unit": shared, "verdicts": shared, "with": shared,
	"/rounds id": "round", "plans": "plan", "cutoff": shared, "inspection_plan": shared,
	"leading": shared, "legal_nature": shared, "scheme": shared, "stage": shared, "stages": shared,
	"unplanned": shared, "/rounds unit": "unit", "addressee": "unit", "by": shared,
	"criterion":    shared,
	"discussed_on": shared, "/rounds line": shared, "voice": shared, "response": shared,
	"/recommendations id": "recommendation", "/recommendations round": "round",
	"/letters id": "letter", "letters": "letter", "issuer": shared, "main": shared, "copies": shared,
	"countersigners": shared, "disclosure": shared, "reply_due": shared, "mark": shared,
	"edition": shared, "theme": shared,
	"/matters id": "matter", "into": "matter", "/items id": "item", "/items ids": "item",
	"lead": "unit", "supporting": "unit",
	"responsible": "post", "handler": "person", "items": shared, "steps": shared, "source": shared,
	"source_ref": shared, "source_on": shared, "quote": shared, "problem": shared, "goal": shared, "table": shared,
	"measure": shared, "no_indicator": shared, "urgency": shared, "class": shared, "aim": shared,
	"aim_operator": shared, "aim_value": shared, "aim_period": shared, "flags": shared, "flag": shared,
	"draft": shared, "anyway": shared,
	"domain": shared, "cause": shared, "cause_kinds": shared, "on": shared, "obstacles": shared, "done": shared,
	"wanted_due": shared, "granted_due": shared, "result": shared, "figure": shared, "way": shared, "looked_at": shared,
	"step": shared, "sample": shared, "judgement": shared,
	"confirmed": shared, "look_on": shared,

	"about": shared, "basis": shared, "choice": shared, "days": shared, "due": shared, "figures": shared,
	"mine": shared, "only": shared, "q": shared, "remark": shared, "rows": shared, "sign_rule": shared, "title": shared,
	"actor": shared, "again": shared, "another": shared, "all": shared, "before": shared, "cells": shared,
	"check": shared, "confirm": shared, "current": shared, "edit": shared, "forget": shared,
	"form": shared, "from": shared, "indicator": shared, "lamp": shared, "login": shared, "name": shared,
	"next": shared, "none": shared, "notes": shared, "object": shared, "others": shared, "page": shared,
	"password": shared, "period": shared, "phrase": shared, "reason": shared, "role": shared,
	"field": shared, "kind": shared, "note": shared, "place": shared, "replaces": shared, "remember": shared,
	"sex": shared, "sort": shared, "start": shared, "state": shared, "status": shared, "open": shared, "key": shared,
	"text": shared, "to": shared, "lacks": shared, "/published figure": "published", "derived": shared,
	"source_page": shared,
	"month":       shared, "verb": shared, "verdict": shared, "version": shared, "was": shared, "year": shared,
}

// typed are values of shared fields without which a route does not come to its object.
var typed = map[string]string{"kind": "submission",
	"code": "RATE", "/forms/{code} code": "PME", "indicator": "RATE", "period": "2018",
	"version": "999", "reason": "理由", "text": "全文", "role": "liaison", "name": "新人", "login": "new",
	"/letters/{id}/tables/{number} number":             "1",
	"/third-parties/{id}/deliverables/{number} number": "1", "/third-parties/{id}/deliverables/{number}/accept number": "1",
	"/room/{id}/documents/{kind}/{of} kind": "request",
	"/layers/{id} id":                       "none", "/layers/{id}/file id": "none", "/layers/{id}/withdraw id": "none",
	"/registers/{code}/print/{form} form": "all", "/registers/{code}/records/{id}/print/{form} form": "card",
	"/registers/{code}/records/{id}/{verb} verb": "submit",
	"password": "窗台上的三盆绿萝", "start": "16", "digest": "00", "title": "标题", "line": "1", "add": "duty"}

// namedBy is what a field names; parts of the program whose fields are many have a list of their own.
func namedBy(key string) (kind string, known bool) {
	for _, list := range []map[string]string{fields, networked, supervised} {
		if kind, known = list[key]; known {
			return kind, true
		}
	}
	return "", false
}
