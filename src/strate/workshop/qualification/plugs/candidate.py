"""Who registers, prepares, evaluates: rights of the file and of the evaluation, and how a file is found."""

from strate.workshop.people.roles import ASSESSOR, CENTRE, GIVEN, METHODS, QUALITY, TRAINER, declare

# References and the bank of questions: typed by one, approved by another.
declare("qualification.type_reference", CENTRE, QUALITY, METHODS)
declare("qualification.approve_reference", CENTRE)
declare("qualification.set_centre_value", CENTRE)
declare("qualification.type_question", CENTRE, ASSESSOR, TRAINER)
declare("qualification.approve_question", CENTRE, ASSESSOR)
# The file: prepared by the centre; signing it, seeing it or adding to it is for those whom it names.
declare("qualification.manage_file", CENTRE)
declare("qualification.take_part", *GIVEN)
declare("qualification.evaluate", ASSESSOR)
