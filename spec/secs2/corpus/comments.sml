* A library of messages
*****************************
// slashes
/* a block
   of lines */
S1F1 W. // after a message
S1F2 /* in the middle */
<L [2] // two
  * a line of its own
  <A "a // b"> * after an item
  <U4 1 /* one */ 2>
  /* <A "not here"> */
>.
* the end
