import Machinery
import Node
import Testing
