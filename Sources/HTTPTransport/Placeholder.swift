import CCurl
import BackendAPI
