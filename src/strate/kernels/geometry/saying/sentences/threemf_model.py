"""What is said of the model in a 3MF file: its objects, their places, materials, beams and slices."""

from __future__ import annotations

from strate.kernels.geometry.saying.sentences.threemf import at_line

_MODEL: dict[str, tuple[str, str]] = {
    "3mf_metadata_unnamed": at_line("information without a name.", "une information sans nom."),
    "3mf_duplicate_metadata": at_line(
        "the information «\u202f{name}\u202f» is given twice.",
        "l’information «\u202f{name}\u202f» est donnée deux fois.",
    ),
    "3mf_duplicate_id": at_line(
        "number {id} is given to two things.", "le numéro {id} est donné à deux choses."
    ),
    "3mf_duplicate_uuid": (
        "{part}: the identifier {uuid} is given to two things.",
        "{part} : l’identifiant {uuid} est donné à deux choses.",
    ),
    "3mf_reference": at_line(
        "«\u202f{element}\u202f» refers to number {id}, which is not there, comes later or is of another kind.",
        "«\u202f{element}\u202f» renvoie au numéro {id}, qui n’existe pas, vient plus loin ou est d’une autre sorte.",
    ),
    "3mf_object_missing": at_line(
        "object {id} is used, but it is not there or comes later.",
        "l’objet {id} est utilisé, mais il n’existe pas ou vient plus loin.",
    ),
    "3mf_path_elsewhere": at_line(
        "an object of another part of the file is used where this is not allowed.",
        "un objet d’une autre partie du fichier est utilisé là où ce n’est pas permis.",
    ),
    "3mf_multiproperties": at_line(
        "materials and colours are put together in a way that 3MF does not allow.",
        "des matières et des couleurs sont assemblées d’une façon que le 3MF n’admet pas.",
    ),
    "3mf_triangle_property": at_line(
        "the material or colour of triangle {triangle} does not exist, or may not fade.",
        "la matière ou la couleur du triangle {triangle} n’existe pas, ou ne peut pas se fondre.",
    ),
    "3mf_empty_mesh": at_line(
        "object {id} has fewer than three corners, or no triangle.",
        "l’objet {id} a moins de trois sommets, ou aucun triangle.",
    ),
    "3mf_not_a_solid": at_line(
        "object {id} has only {triangles} triangles: no body can be closed with less than 4.",
        "l’objet {id} n’a que {triangles} triangles : aucun corps ne se ferme à moins de 4.",
    ),
    "3mf_corner": at_line(
        "triangle {triangle} uses corner {index}, but there are only {count}.",
        "le triangle {triangle} utilise le sommet {index}, mais il n’y en a que {count}.",
    ),
    "3mf_same_corners": at_line(
        "triangle {triangle} uses one corner twice.",
        "le triangle {triangle} utilise deux fois le même sommet.",
    ),
    "3mf_out_of_reach": at_line(
        "a corner stands at {value_mm} mm; nothing is read beyond {limit_mm} mm.",
        "un sommet est à {value_mm} mm ; rien n’est lu au-delà de {limit_mm} mm.",
    ),
    "3mf_placed_out_of_reach": (
        "An object is placed {value_mm} mm away; nothing is read beyond {limit_mm} mm.",
        "Un objet est placé à {value_mm} mm ; rien n’est lu au-delà de {limit_mm} mm.",
    ),
    "3mf_singular": at_line(
        "an object is placed so that it becomes flat.",
        "un objet est placé de telle façon qu’il devient plat.",
    ),
    "3mf_mirrored": at_line(
        "an object is placed mirrored: a left part would become a right one.",
        "un objet est placé en miroir : une pièce gauche deviendrait une droite.",
    ),
    "3mf_other_object": at_line(
        "object {id} is to be built but is, or holds, something that is no part (type «\u202fother\u202f»).",
        "l’objet {id} est à fabriquer mais est, ou contient, autre chose qu’une pièce (type «\u202fother\u202f»).",
    ),
    "3mf_empty_build": ("The file builds nothing.", "Le fichier ne fabrique rien."),
    "3mf_too_many_items": (
        "The file builds more than {limit} things.",
        "Le fichier fabrique plus de {limit} choses.",
    ),
    "3mf_too_many_placed": (
        "The file comes to {count} placed pieces; the limit is {limit}.",
        "Le fichier revient à {count} morceaux placés ; la limite est de {limit}.",
    ),
}

_MORE: dict[str, tuple[str, str]] = {
    "3mf_beam": at_line(
        "a beam or a ball of the lattice has no thickness, or joins corners that do not exist.",
        "une barre ou une bille du treillis n’a pas d’épaisseur, ou joint des sommets qui n’existent pas.",
    ),
    "3mf_beams_not_required": at_line(
        "a lattice of beams is hidden: the file must require those who read it to see it, on a solid object.",
        "un treillis est caché : le fichier doit exiger qu’on le lise, et sur un objet plein.",
    ),
    "3mf_low_resolution": at_line(
        "the mesh is said to be a sketch, without slices that must be read instead.",
        "le maillage est dit approximatif, sans tranches à lire à sa place.",
    ),
    "3mf_too_many_lines": (
        "The slices come to {lines} lines and {points} corners: more than is read.",
        "Les tranches reviennent à {lines} lignes et {points} sommets : plus que ce qui est lu.",
    ),
    "3mf_slice": at_line(
        "a slice is not written as it must be.", "une tranche n’est pas écrite comme elle doit l’être."
    ),
    "3mf_slice_order": at_line(
        "the slices do not rise one after the other.", "les tranches ne montent pas l’une après l’autre."
    ),
    "3mf_slice_line": at_line(
        "a line of a slice uses a corner that does not exist, or one twice in a row.",
        "une ligne de tranche utilise un sommet inexistant, ou deux fois de suite le même.",
    ),
    "3mf_slice_open": at_line("a line of a slice does not close.", "une ligne de tranche ne se referme pas."),
    "3mf_slice_reference": at_line(
        "slices are used that are not there, or that refer further.",
        "des tranches sont utilisées qui n’existent pas, ou qui renvoient plus loin.",
    ),
    "3mf_slice_tilted": at_line(
        "a sliced object is tilted or stretched upwards: its slices would no longer be layers.",
        "un objet tranché est incliné ou étiré en hauteur : ses tranches ne seraient plus des couches.",
    ),
}

REFUSALS: dict[str, tuple[str, str]] = _MODEL | _MORE

FINDINGS: dict[str, tuple[str, str]] = {
    "3mf_not_understood": (
        "The file holds something this reader does not read: {names}. Ask what it would change.",
        "Le fichier contient ce que ce lecteur ne lit pas : {names}. Demandez ce que cela changerait.",
    ),
    "3mf_metadata_repeated": (
        "The description is given several times.",
        "La description est donnée plusieurs fois.",
    ),
    "3mf_mesh_is_a_sketch": (
        "The file says that its mesh is only a sketch: its slices are read instead.",
        "Le fichier dit que son maillage n’est qu’une ébauche : ses tranches sont lues à sa place.",
    ),
    "3mf_balls_not_drawn": (
        "{count} balls at the ends of the beams are not drawn: there the part is thicker than what is seen.",
        "{count} boules aux bouts des barres ne sont pas dessinées : la pièce y est plus épaisse que ce qu’on voit.",
    ),
    "3mf_beams_drawn": (
        "{count} beams of a lattice are drawn as bars of eight sides that run into each other: "
        "their volume is too high, their ends are not rounded.",
        "{count} barres d’un treillis sont dessinées à huit pans et se recoupent : "
        "leur volume est trop grand, leurs bouts ne sont pas arrondis.",
    ),
    "3mf_beams_not_clipped": (
        "The lattice should be cut along another shape: it is drawn whole.",
        "Le treillis devrait être coupé par une autre forme : il est dessiné en entier.",
    ),
    "3mf_supports": (
        "{count} supports or surfaces without inside are placed too: they are not part of the solid.",
        "{count} supports ou surfaces sans intérieur sont aussi placés : ils ne font pas partie du plein.",
    ),
    "3mf_sketch_beside_mesh": (
        "Some objects are only known by their {count} slices, others only by their mesh: "
        "neither the mesh nor the slices are the whole.",
        "Des objets ne sont connus que par leurs {count} tranches, d’autres que par leur maillage : "
        "ni le maillage ni les tranches ne disent tout.",
    ),
    "3mf_slices_differ": (
        "The mesh comes to {mesh_mm3} mm³ but the slices to {slices_mm3} mm³: two machines would build two parts.",
        "Le maillage fait {mesh_mm3} mm³ mais les tranches {slices_mm3} mm³ : deux machines feraient deux pièces.",
    ),
    "3mf_slices_too": (
        "The file also holds {count} slices of the same part: the mesh is the one judged.",
        "Le fichier contient aussi {count} tranches de la même pièce : c’est le maillage qui est jugé.",
    ),
}
