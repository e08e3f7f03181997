'S1F1' W.
'S1F2'
<L <A 'MDLN'> <A '1.0'>>.
"S5F2" <B 0>.
