# title@en: Who decided on a link is khabar:decidedBy; a pound is one of mass or one of currency
# title@ar: من قرر الربط صار khabar:decidedBy، والرطل والجنيه وحدتان لا واحدة
PREFIX khabar: <https://w3id.org/khabar/ontology#>

DELETE { GRAPH ?graph { ?link khabar:decision ?who } }
INSERT { GRAPH ?graph { ?link khabar:decidedBy ?who } }
WHERE { GRAPH ?graph { ?link khabar:decision ?who } } ;

# The cargo told which pound was meant: money is counted in the one, everything else weighed in the other.
DELETE { GRAPH ?graph { ?quantity khabar:unit khabar:pound } }
INSERT { GRAPH ?graph { ?quantity khabar:unit ?unit } }
WHERE {
  GRAPH ?graph { ?quantity khabar:unit khabar:pound }
  BIND (EXISTS { GRAPH ?any { ?transfer khabar:quantity ?quantity ; khabar:cargo khabar:money } } AS ?isMoney)
  BIND (IF(?isMoney, khabar:pound-currency, khabar:pound-mass) AS ?unit)
}
