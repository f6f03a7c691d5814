/* Made from binding_states.csv; do not edit. */
#define TABLE_ROWS 12
#define TABLE_STATES 7
#define ROW_PROTOCOLBINDADAPTEREX 0
#define ROW_BIND_FAILED 1
#define ROW_BIND_IS_COMPLETE 2
#define ROW_PROTOCOLUNBINDADAPTEREX 3
#define ROW_UNBIND_IS_COMPLETE 4
#define ROW_PNP_PAUSE 5
#define ROW_PAUSE_IS_COMPLETE 6
#define ROW_PNP_RESTART 7
#define ROW_RESTART_IS_COMPLETE 8
#define ROW_RESTART_FAILED 9
#define ROW_SEND_AND_RECEIVE_OPERATIONS 10
#define ROW_OID_REQUESTS 11
inline look_up(row, in_state, cell)
{
    if
    :: row == ROW_PROTOCOLBINDADAPTEREX && in_state == BINDING_UNBOUND -> cell = BINDING_OPENING
    :: row == ROW_PROTOCOLBINDADAPTEREX && in_state == BINDING_OPENING -> cell = BINDING_INVALID
    :: row == ROW_PROTOCOLBINDADAPTEREX && in_state == BINDING_CLOSING -> cell = BINDING_INVALID
    :: row == ROW_PROTOCOLBINDADAPTEREX && in_state == BINDING_PAUSED -> cell = BINDING_INVALID
    :: row == ROW_PROTOCOLBINDADAPTEREX && in_state == BINDING_RESTARTING -> cell = BINDING_INVALID
    :: row == ROW_PROTOCOLBINDADAPTEREX && in_state == BINDING_RUNNING -> cell = BINDING_INVALID
    :: row == ROW_PROTOCOLBINDADAPTEREX && in_state == BINDING_PAUSING -> cell = BINDING_INVALID
    :: row == ROW_BIND_FAILED && in_state == BINDING_UNBOUND -> cell = BINDING_INVALID
    :: row == ROW_BIND_FAILED && in_state == BINDING_OPENING -> cell = BINDING_UNBOUND
    :: row == ROW_BIND_FAILED && in_state == BINDING_CLOSING -> cell = BINDING_INVALID
    :: row == ROW_BIND_FAILED && in_state == BINDING_PAUSED -> cell = BINDING_INVALID
    :: row == ROW_BIND_FAILED && in_state == BINDING_RESTARTING -> cell = BINDING_INVALID
    :: row == ROW_BIND_FAILED && in_state == BINDING_RUNNING -> cell = BINDING_INVALID
    :: row == ROW_BIND_FAILED && in_state == BINDING_PAUSING -> cell = BINDING_INVALID
    :: row == ROW_BIND_IS_COMPLETE && in_state == BINDING_UNBOUND -> cell = BINDING_INVALID
    :: row == ROW_BIND_IS_COMPLETE && in_state == BINDING_OPENING -> cell = BINDING_PAUSED
    :: row == ROW_BIND_IS_COMPLETE && in_state == BINDING_CLOSING -> cell = BINDING_INVALID
    :: row == ROW_BIND_IS_COMPLETE && in_state == BINDING_PAUSED -> cell = BINDING_INVALID
    :: row == ROW_BIND_IS_COMPLETE && in_state == BINDING_RESTARTING -> cell = BINDING_INVALID
    :: row == ROW_BIND_IS_COMPLETE && in_state == BINDING_RUNNING -> cell = BINDING_INVALID
    :: row == ROW_BIND_IS_COMPLETE && in_state == BINDING_PAUSING -> cell = BINDING_INVALID
    :: row == ROW_PROTOCOLUNBINDADAPTEREX && in_state == BINDING_UNBOUND -> cell = BINDING_INVALID
    :: row == ROW_PROTOCOLUNBINDADAPTEREX && in_state == BINDING_OPENING -> cell = BINDING_INVALID
    :: row == ROW_PROTOCOLUNBINDADAPTEREX && in_state == BINDING_CLOSING -> cell = BINDING_INVALID
    :: row == ROW_PROTOCOLUNBINDADAPTEREX && in_state == BINDING_PAUSED -> cell = BINDING_CLOSING
    :: row == ROW_PROTOCOLUNBINDADAPTEREX && in_state == BINDING_RESTARTING -> cell = BINDING_INVALID
    :: row == ROW_PROTOCOLUNBINDADAPTEREX && in_state == BINDING_RUNNING -> cell = BINDING_INVALID
    :: row == ROW_PROTOCOLUNBINDADAPTEREX && in_state == BINDING_PAUSING -> cell = BINDING_INVALID
    :: row == ROW_UNBIND_IS_COMPLETE && in_state == BINDING_UNBOUND -> cell = BINDING_INVALID
    :: row == ROW_UNBIND_IS_COMPLETE && in_state == BINDING_OPENING -> cell = BINDING_INVALID
    :: row == ROW_UNBIND_IS_COMPLETE && in_state == BINDING_CLOSING -> cell = BINDING_UNBOUND
    :: row == ROW_UNBIND_IS_COMPLETE && in_state == BINDING_PAUSED -> cell = BINDING_INVALID
    :: row == ROW_UNBIND_IS_COMPLETE && in_state == BINDING_RESTARTING -> cell = BINDING_INVALID
    :: row == ROW_UNBIND_IS_COMPLETE && in_state == BINDING_RUNNING -> cell = BINDING_INVALID
    :: row == ROW_UNBIND_IS_COMPLETE && in_state == BINDING_PAUSING -> cell = BINDING_INVALID
    :: row == ROW_PNP_PAUSE && in_state == BINDING_UNBOUND -> cell = BINDING_INVALID
    :: row == ROW_PNP_PAUSE && in_state == BINDING_OPENING -> cell = BINDING_INVALID
    :: row == ROW_PNP_PAUSE && in_state == BINDING_CLOSING -> cell = BINDING_INVALID
    :: row == ROW_PNP_PAUSE && in_state == BINDING_PAUSED -> cell = BINDING_INVALID
    :: row == ROW_PNP_PAUSE && in_state == BINDING_RESTARTING -> cell = BINDING_INVALID
    :: row == ROW_PNP_PAUSE && in_state == BINDING_RUNNING -> cell = BINDING_PAUSING
    :: row == ROW_PNP_PAUSE && in_state == BINDING_PAUSING -> cell = BINDING_INVALID
    :: row == ROW_PAUSE_IS_COMPLETE && in_state == BINDING_UNBOUND -> cell = BINDING_INVALID
    :: row == ROW_PAUSE_IS_COMPLETE && in_state == BINDING_OPENING -> cell = BINDING_INVALID
    :: row == ROW_PAUSE_IS_COMPLETE && in_state == BINDING_CLOSING -> cell = BINDING_INVALID
    :: row == ROW_PAUSE_IS_COMPLETE && in_state == BINDING_PAUSED -> cell = BINDING_INVALID
    :: row == ROW_PAUSE_IS_COMPLETE && in_state == BINDING_RESTARTING -> cell = BINDING_INVALID
    :: row == ROW_PAUSE_IS_COMPLETE && in_state == BINDING_RUNNING -> cell = BINDING_INVALID
    :: row == ROW_PAUSE_IS_COMPLETE && in_state == BINDING_PAUSING -> cell = BINDING_PAUSED
    :: row == ROW_PNP_RESTART && in_state == BINDING_UNBOUND -> cell = BINDING_INVALID
    :: row == ROW_PNP_RESTART && in_state == BINDING_OPENING -> cell = BINDING_INVALID
    :: row == ROW_PNP_RESTART && in_state == BINDING_CLOSING -> cell = BINDING_INVALID
    :: row == ROW_PNP_RESTART && in_state == BINDING_PAUSED -> cell = BINDING_RESTARTING
    :: row == ROW_PNP_RESTART && in_state == BINDING_RESTARTING -> cell = BINDING_INVALID
    :: row == ROW_PNP_RESTART && in_state == BINDING_RUNNING -> cell = BINDING_INVALID
    :: row == ROW_PNP_RESTART && in_state == BINDING_PAUSING -> cell = BINDING_INVALID
    :: row == ROW_RESTART_IS_COMPLETE && in_state == BINDING_UNBOUND -> cell = BINDING_INVALID
    :: row == ROW_RESTART_IS_COMPLETE && in_state == BINDING_OPENING -> cell = BINDING_INVALID
    :: row == ROW_RESTART_IS_COMPLETE && in_state == BINDING_CLOSING -> cell = BINDING_INVALID
    :: row == ROW_RESTART_IS_COMPLETE && in_state == BINDING_PAUSED -> cell = BINDING_INVALID
    :: row == ROW_RESTART_IS_COMPLETE && in_state == BINDING_RESTARTING -> cell = BINDING_RUNNING
    :: row == ROW_RESTART_IS_COMPLETE && in_state == BINDING_RUNNING -> cell = BINDING_INVALID
    :: row == ROW_RESTART_IS_COMPLETE && in_state == BINDING_PAUSING -> cell = BINDING_INVALID
    :: row == ROW_RESTART_FAILED && in_state == BINDING_UNBOUND -> cell = BINDING_INVALID
    :: row == ROW_RESTART_FAILED && in_state == BINDING_OPENING -> cell = BINDING_INVALID
    :: row == ROW_RESTART_FAILED && in_state == BINDING_CLOSING -> cell = BINDING_INVALID
    :: row == ROW_RESTART_FAILED && in_state == BINDING_PAUSED -> cell = BINDING_INVALID
    :: row == ROW_RESTART_FAILED && in_state == BINDING_RESTARTING -> cell = BINDING_PAUSED
    :: row == ROW_RESTART_FAILED && in_state == BINDING_RUNNING -> cell = BINDING_INVALID
    :: row == ROW_RESTART_FAILED && in_state == BINDING_PAUSING -> cell = BINDING_INVALID
    :: row == ROW_SEND_AND_RECEIVE_OPERATIONS && in_state == BINDING_UNBOUND -> cell = BINDING_INVALID
    :: row == ROW_SEND_AND_RECEIVE_OPERATIONS && in_state == BINDING_OPENING -> cell = BINDING_INVALID
    :: row == ROW_SEND_AND_RECEIVE_OPERATIONS && in_state == BINDING_CLOSING -> cell = BINDING_INVALID
    :: row == ROW_SEND_AND_RECEIVE_OPERATIONS && in_state == BINDING_PAUSED -> cell = BINDING_INVALID
    :: row == ROW_SEND_AND_RECEIVE_OPERATIONS && in_state == BINDING_RESTARTING -> cell = BINDING_INVALID
    :: row == ROW_SEND_AND_RECEIVE_OPERATIONS && in_state == BINDING_RUNNING -> cell = BINDING_RUNNING
    :: row == ROW_SEND_AND_RECEIVE_OPERATIONS && in_state == BINDING_PAUSING -> cell = BINDING_PAUSING
    :: row == ROW_OID_REQUESTS && in_state == BINDING_UNBOUND -> cell = BINDING_INVALID
    :: row == ROW_OID_REQUESTS && in_state == BINDING_OPENING -> cell = BINDING_INVALID
    :: row == ROW_OID_REQUESTS && in_state == BINDING_CLOSING -> cell = BINDING_CLOSING
    :: row == ROW_OID_REQUESTS && in_state == BINDING_PAUSED -> cell = BINDING_PAUSED
    :: row == ROW_OID_REQUESTS && in_state == BINDING_RESTARTING -> cell = BINDING_RESTARTING
    :: row == ROW_OID_REQUESTS && in_state == BINDING_RUNNING -> cell = BINDING_RUNNING
    :: row == ROW_OID_REQUESTS && in_state == BINDING_PAUSING -> cell = BINDING_PAUSING
    fi
}
