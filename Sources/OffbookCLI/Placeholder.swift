import Offbook
