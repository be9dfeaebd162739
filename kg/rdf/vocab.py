"""Every vocabulary term that Khabar writes or reads, and nothing else.

The names are those of the ontology (`ontology/khabar.ttl`); `khabar ontology check` compares the two.
A misspelt term raises `AttributeError` where it is used (`_fail`).
"""
# ruff: noqa: N815 -- the names are those of the vocabularies

from __future__ import annotations

from typing import Final

from rdflib.namespace import DefinedNamespace, Namespace
from rdflib.term import URIRef

from kg.rdf.bases import DEFAULT_BASE as DEFAULT_BASE
from kg.rdf.bases import ONTOLOGY as ONTOLOGY
from kg.rdf.bases import WIKIDATA as WIKIDATA

EDTF: Final = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")


class KHABAR(DefinedNamespace):
    """Classes and properties of the ontology; concepts are made by `concept`."""

    _NS = Namespace(ONTOLOGY)
    _fail = True

    # actors
    Actor: URIRef
    Person: URIRef
    Organization: URIRef
    State: URIRef
    GovernmentBody: URIRef
    ArmedForce: URIRef
    ArmedGroup: URIRef
    InternationalOrganization: URIRef
    PoliticalParty: URIRef
    Company: URIRef
    NewsAgency: URIRef
    MediaOutlet: URIRef
    Group: URIRef
    Role: URIRef
    Tenure: URIRef
    UnnamedSource: URIRef
    officeOf: URIRef
    holder: URIRef  # of a tenure: the person
    role: URIRef  # of a tenure: the office
    affiliation: URIRef
    count: URIRef
    controlledBy: URIRef
    existsFrom: URIRef
    existsUntil: URIRef

    # articles and evidence
    Article: URIRef
    sha256: URIRef
    copyOf: URIRef
    Passage: URIRef
    evidence: URIRef
    inArticle: URIRef
    start: URIRef
    end: URIRef
    text: URIRef
    rule: URIRef
    reportedIn: URIRef
    reviewStatus: URIRef

    # where an actor's Wikidata item comes from
    Link: URIRef
    linkedEntity: URIRef
    surface: URIRef
    normalisation: URIRef
    score: URIRef
    runnerUp: URIRef
    runnerUpScore: URIRef
    gazetteerVersion: URIRef
    decidedBy: URIRef

    # where a graph comes from
    Extraction: URIRef
    Release: URIRef
    version: URIRef

    # statements
    Statement: URIRef
    speaker: URIRef
    addressee: URIRef
    content: URIRef
    mentions: URIRef
    modality: URIRef
    about: URIRef
    answers: URIRef
    quote: URIRef
    madeAt: URIRef
    transmittedBy: URIRef
    chain: URIRef
    Transmission: URIRef
    transmitter: URIRef
    position: URIRef
    polarity: URIRef
    certainty: URIRef
    timeframe: URIRef
    reportingVerb: URIRef
    reporterStance: URIRef

    # transfers
    Transfer: URIRef
    Shipment: URIRef
    Deployment: URIRef
    TechnologyTransfer: URIRef
    Payment: URIRef
    sender: URIRef
    recipient: URIRef
    broker: URIRef
    cargo: URIRef
    item: URIRef
    WeaponSystem: URIRef
    origin: URIRef
    destination: URIRef
    via: URIRef
    Quantity: URIRef
    quantity: URIRef
    minimum: URIRef
    maximum: URIRef
    approximate: URIRef
    unit: URIRef
    asWritten: URIRef
    quantityKind: URIRef
    status: URIRef
    claimedBy: URIRef
    deniedBy: URIRef
    narratedBy: URIRef
    inReturnFor: URIRef

    # agreements, meetings, measures, places, events
    Agreement: URIRef
    party: URIRef
    agreementKind: URIRef
    Meeting: URIRef
    participant: URIRef
    meetingKind: URIRef
    place: URIRef
    Measure: URIRef
    imposer: URIRef
    target: URIRef
    measureKind: URIRef
    Place: URIRef
    Event: URIRef

    # dates
    date: URIRef
    notBefore: URIRef
    notAfter: URIRef
    dateBasis: URIRef

    # across articles
    Utterance: URIRef
    Occurrence: URIRef
    reportedAs: URIRef


class SCHEMA(DefinedNamespace):
    """The terms of schema.org that are used as they are."""

    _NS = Namespace("https://schema.org/")
    _fail = True

    headline: URIRef
    datePublished: URIRef
    publisher: URIRef
    inLanguage: URIRef
    url: URIRef
    sameAs: URIRef


class PROV(DefinedNamespace):
    """The terms of PROV-O that are used as they are."""

    _NS = Namespace("http://www.w3.org/ns/prov#")
    _fail = True

    generatedAtTime: URIRef
    used: URIRef
    wasAssociatedWith: URIRef
    wasGeneratedBy: URIRef


class SSSOM(DefinedNamespace):
    """The terms of the Simple Standard for Sharing Ontological Mappings that are used as they are."""

    _NS = Namespace("https://w3id.org/sssom/")
    _fail = True

    NoTermFound: URIRef
    author_label: URIRef
    mapping_justification: URIRef
    subject_label: URIRef


class SEMAPV(DefinedNamespace):
    """How a mapping was found, in the words of the Semantic Mapping Vocabulary."""

    _NS = Namespace("https://w3id.org/semapv/vocab/")
    _fail = True

    CompositeMatching: URIRef
    LexicalMatching: URIRef
    LexicalSimilarityThresholdMatching: URIRef
    ManualMappingCuration: URIRef


SUPERCLASSES: Final[dict[URIRef, tuple[URIRef, ...]]] = {
    KHABAR.Person: (KHABAR.Actor,),
    KHABAR.Organization: (KHABAR.Actor,),
    **dict.fromkeys(
        (
            KHABAR.State,
            KHABAR.GovernmentBody,
            KHABAR.ArmedForce,
            KHABAR.ArmedGroup,
            KHABAR.InternationalOrganization,
            KHABAR.PoliticalParty,
            KHABAR.Company,
            KHABAR.NewsAgency,
            KHABAR.MediaOutlet,
        ),
        (KHABAR.Organization, KHABAR.Actor),
    ),
    KHABAR.Group: (KHABAR.Actor,),
    KHABAR.Role: (KHABAR.Actor,),
    KHABAR.UnnamedSource: (KHABAR.Actor,),
    KHABAR.Shipment: (KHABAR.Transfer,),
    KHABAR.Deployment: (KHABAR.Transfer,),
    KHABAR.TechnologyTransfer: (KHABAR.Transfer,),
    KHABAR.Payment: (KHABAR.Transfer,),
}
"""What is written beside a class, nearest first: there is no graph of inferences."""

TRANSFER_CLASSES: Final[dict[str, URIRef]] = {
    "troops": KHABAR.Deployment,
    "workers": KHABAR.Deployment,
    "technology": KHABAR.TechnologyTransfer,
    "money": KHABAR.Payment,
}
"""The class of a transfer by its cargo; every other cargo makes a `Shipment`."""


def concept(value: str) -> URIRef:
    """The concept of a value of the extraction record: `alleged` → `khabar:alleged`.

    Concept IRIs stand beside the terms of the ontology; `ontology/concepts.ttl` says which scheme each is of.
    A space in the value (a unit of two words) becomes a hyphen.
    """
    return URIRef(ONTOLOGY + value.strip().replace(" ", "-"))
