/* binding.pml - NDIS: the events of a binding, or of an MCM's adapter, from bind to
 * unbind. Conventions as in ndis.pml. Binding 0 is the call manager's. */

inline forget_binding(b)
{
    binding[b].phase = UNBOUND;
    binding[b].adapter = ADAPTER_NONE;
    binding[b].unbind_owed = 0;
    binding[b].unbind_completed = 0;
    binding[b].registered = 0;
    binding[b].offer_owed = 0;
    forget_plug_and_play(b)
}

inline settle_unbind(b)
{
    if
    :: binding[b].phase == UNBIND_PENDED && binding[b].unbind_completed &&
       binding[b].adapter == ADAPTER_CLOSED -> forget_binding(b)
    :: else
    fi
}

inline enter_bind(thread, b, for_miniport)
{
    d_step {
        binding[b].generation = binding[b].generation + 1;
        if
        :: for_miniport -> binding_line(thread, EV_ENTER_INITIALIZE, b, 0)
        :: else -> binding_line(thread, EV_ENTER_BIND, b, 0)
        fi;
        need(binding[b].phase == UNBOUND, RQ_BND_02);
        need_ready(b);
        binding_opens(b, for_miniport);
        binding[b].miniport = for_miniport;
        binding[b].phase = BINDING;
        binding[b].context = for_miniport
    }
}

inline leave_bind(thread, b, for_miniport, status)
{
    d_step {
        if
        :: for_miniport -> binding_line(thread, EV_LEAVE_INITIALIZE, b, status)
        :: else -> binding_line(thread, EV_LEAVE_BIND, b, status)
        fi;
        need(binding[b].phase == BINDING && binding[b].miniport == for_miniport, RQ_BND_02);
        bind_has_ended(b, for_miniport, status);
        bind_handler_returns(b);
        if
        :: status == ST_SUCCESS ->
            need(binding[b].miniport || binding[b].adapter == ADAPTER_OPEN, RQ_CAD_09);
            need(b != 0 || binding[b].registered, RQ_REG_11);
            binding[b].phase = BOUND;
            if
            :: b != 0 && binding[0].registered -> binding[b].offer_owed = 1
            :: else
            fi
        :: else ->
            need(!binding[b].context, RQ_BND_21);
            forget_binding(b)
        fi
    }
}

/* Only the call manager's changes anything: another driver asks, and NDIS refuses (REG-04,
 * REG-05). */
inline call_register_af(thread, b, for_miniport)
{
    d_step {
        if
        :: for_miniport -> binding_line(thread, EV_CALL_MCM_REGISTER_AF, b, 0)
        :: else -> binding_line(thread, EV_CALL_CM_REGISTER_AF, b, 0)
        fi;
        need((b == 0 && binding[b].miniport == for_miniport) || (b != 0 && !for_miniport), RQ_REG_11);
        need(b != 0 || binding[b].miniport || (binding[b].phase == BINDING && binding[b].adapter == ADAPTER_OPEN), RQ_REG_01);
        need(!binding[b].miniport || (binding[b].phase == BINDING && !binding[b].registered), RQ_REG_02);
        need(b == 0 || binding[b].adapter == ADAPTER_OPEN, RQ_CAD_12);
        binding[b].registered = (b == 0);
        for (other : 1 .. BINDINGS - 1) {
            if
            :: b == 0 && binding[other].phase == BOUND -> binding[other].offer_owed = 1
            :: else
            fi
        }
        other = 0
    }
}

/* NDIS rejects a family that is registered already, and a binding that is closing. */
inline return_NdisCmRegisterAddressFamilyEx(thread, b, for_miniport, with_status)
{
    d_step {
        binding_line(thread, (for_miniport -> EV_REGISTER_AF_MCM_RETURN : EV_REGISTER_AF_RETURN), b, with_status);
        need(b == 0 || with_status != ST_SUCCESS || !binding[0].registered, RQ_REG_05);
        need(b == 0 || with_status != ST_SUCCESS || binding[b].phase != UNBINDING, RQ_REG_04);
        need(b != 0 || with_status == ST_SUCCESS, RQ_REG_04)
    }
}

inline enter_af_register_notify(thread, b)
{
    d_step {
        binding_line(thread, EV_ENTER_AF_REGISTER_NOTIFY, b, 0);
        need(binding[b].offer_owed, RQ_REG_12);
        binding[b].offer_owed = 0
    }
}

inline call_send(thread, b)
{
    d_step {
        binding_line(thread, EV_CALL_SEND, b, 0);
        need_right_to_send(thread, b);
        need(binding[b].adapter == ADAPTER_OPEN, RQ_CAD_12);
        binding[b].sends++
    }
}

inline enter_send_complete(thread, b)
{
    d_step {
        binding_line(thread, EV_ENTER_SEND_COMPLETE, b, 0);
        need(binding[b].sends > 0, RQ_CAD_10);
        binding[b].sends--
    }
}

inline call_oid_request(thread, b)
{
    d_step {
        binding_line(thread, EV_CALL_OID_REQUEST, b, 0);
        need_right_to_request(thread, b);
        need(binding[b].adapter == ADAPTER_OPEN, RQ_CAD_12);
        binding[b].requests++
    }
}

inline enter_oid_request_complete(thread, b)
{
    d_step {
        binding_line(thread, EV_ENTER_OID_REQUEST_COMPLETE, b, 0);
        need(binding[b].requests > 0, RQ_CAD_11);
        binding[b].requests--
    }
}

/* The adapter goes: every bound driver is to be unbound, an MCM halted (UNB-01). */
inline remove_adapter(thread, b)
{
    d_step {
        binding_line(thread, EV_REMOVE_ADAPTER, b, 0);
        for (other : 0 .. BINDINGS - 1) {
            if
            :: binding[other].phase == BOUND -> binding[other].unbind_owed = 1
            :: else
            fi
        }
        other = 0
    }
}

/* One driver's binding goes, not the adapter: the driver is unloaded (DRG-03, UNB-27). */
inline remove_binding(thread, b)
{
    d_step {
        if
        :: binding[b].phase == BOUND -> unbind_is_owed(thread, b)
        :: else
        fi
    }
}

inline unbind_is_owed(thread, b)
{
    d_step {
        binding_line(thread, EV_REMOVE_BINDING, b, 0);
        need(binding[b].phase == BOUND && !binding[b].miniport, RQ_UNB_01);
        binding[b].unbind_owed = 1
    }
}

inline call_unbind_adapter(thread, b)
{
    d_step {
        binding_line(thread, EV_CALL_UNBIND_ADAPTER, b, 0);
        need(binding[b].adapter == ADAPTER_OPEN, RQ_CAD_12);
        need(!(binding[b].phase == BINDING && is_bind_thread(thread, b)), RQ_UNB_18);
        unbind_was_asked_for(b);
        note_unbind_caller(thread, b);
        need_not_unbind(b);
        binding[b].unbind_owed = (binding[b].phase == BOUND)    /* once */
    }
}

inline enter_unbind(thread, b, for_miniport)
{
    d_step {
        if
        :: for_miniport -> binding_line(thread, EV_ENTER_HALT, b, 0)
        :: else -> binding_line(thread, EV_ENTER_UNBIND, b, 0)
        fi;
        need(binding[b].phase == BOUND && binding[b].unbind_owed &&
             binding[b].miniport == for_miniport, RQ_UNB_01);
        begin_no_new_open(b);
        binding_closes(thread, b, for_miniport);
        need_work_item(thread, b);
        binding[b].phase = UNBINDING;
        binding[b].unbind_owed = 0;
        binding[b].registered = 0;
        binding[b].offer_owed = 0
    }
}

/* What the AFs of the binding still ask of its owner. */
inline need_afs_done(b)
{
    IF_OPENING(need_no_open(b);)
    for (other : 0 .. AFS - 1) {
        if
        :: b == 0 && !manager_is_done(other) ->
            IF_REQUESTS(need_asked(other);)
            need(!(!binding[0].miniport && af[other].phase == AF_OPEN &&
                   af[other].notified == NEVER_NOTIFIED), RQ_NTF_01);
            need(!(binding[0].miniport && af[other].phase == AF_OPEN &&
                   af[other].notified == NEVER_NOTIFIED), RQ_NTF_03);
            need(false, RQ_UNB_24)
        :: b != 0 && af[other].client == b && !client_is_done(other) ->
            need(af[other].phase != AF_OPEN, RQ_AF_CL_15);
            need(af[other].phase != AF_CLOSED, RQ_AF_CL_16);
            need(false, RQ_UNB_23)
        :: else
        fi
    }
    other = 0
}

inline call_close_adapter(thread, b)
{
    d_step {
        binding_line(thread, EV_CALL_CLOSE_ADAPTER, b, 0);
        need(binding[b].adapter != ADAPTER_NONE, RQ_CAD_02);
        need(binding[b].adapter == ADAPTER_OPEN, RQ_CAD_13);
        need(binding[b].phase != BOUND, RQ_CAD_09);
        need(binding[b].sends == 0, RQ_CAD_10);
        need(binding[b].requests == 0, RQ_CAD_11);
        IF_VCS(need(b != 0 || !signalling_vc, RQ_VC_24);)
        need_no_downstream(b);
        need_right_to_close_adapter(thread, b);
        need_barrier(b);
        binding[b].adapter = ADAPTER_CLOSE_INSIDE
    }
}

inline enter_close_adapter_complete(thread, b)
{
    d_step {
        binding_line(thread, EV_ENTER_CLOSE_ADAPTER_COMPLETE, b, 0);
        need(binding[b].adapter != ADAPTER_CLOSED, RQ_CAD_06);
        need(binding[b].adapter == ADAPTER_CLOSE_PENDED ||
             binding[b].adapter == ADAPTER_CLOSE_INSIDE, RQ_CAD_04);
        need(binding[b].context, RQ_UNB_08);
        IF_REGISTRATION(need(given_binding_context[b] == binding[b].generation, RQ_CAD_16);)
        if
        :: binding[b].adapter == ADAPTER_CLOSE_PENDED ->
            binding[b].adapter = ADAPTER_CLOSED;
            settle_unbind(b)
        :: else -> binding[b].adapter = ADAPTER_CLOSE_COMPLETED_INSIDE
        fi
    }
}

inline return_close_adapter(thread, b, status)
{
    d_step {
        binding_line(thread, EV_RETURN_CLOSE_ADAPTER, b, status);
        need(status == ST_SUCCESS || status == ST_PENDING, RQ_CAD_05);
        need(binding[b].adapter == ADAPTER_CLOSE_INSIDE ||
             binding[b].adapter == ADAPTER_CLOSE_COMPLETED_INSIDE, RQ_CAD_03);
        if
        :: binding[b].adapter == ADAPTER_CLOSE_COMPLETED_INSIDE ->
            need(status == ST_PENDING, RQ_CAD_06);
            binding[b].adapter = ADAPTER_CLOSED;
            settle_unbind(b)
        :: else ->
            if
            :: status == ST_SUCCESS -> binding[b].adapter = ADAPTER_CLOSED
            :: else -> binding[b].adapter = ADAPTER_CLOSE_PENDED
            fi
        fi
    }
}

inline free_binding_context(thread, b)
{
    d_step {
        binding_line(thread, EV_FREE_BINDING_CONTEXT, b, 0);
        need(binding[b].context, RQ_UNB_25);
        need(!(binding[b].miniport && binding[b].phase == BOUND), RQ_HLT_07);
        need_unused_context(b);
        binding[b].context = 0
    }
}

inline call_complete_unbind(thread, b)
{
    d_step {
        binding_line(thread, EV_CALL_COMPLETE_UNBIND, b, 0);
        need((binding[b].phase == UNBINDING || binding[b].phase == UNBIND_PENDED) &&
             !binding[b].miniport, RQ_UNB_12);
        need(!binding[b].unbind_completed, RQ_UNB_14);
        need_unbind_context(b);
        need(!binding[b].context || AMB_30 == READING_B, RQ_UNB_13);
        binding[b].unbind_completed = 1;
        settle_unbind(b)
    }
}

inline leave_unbind(thread, b, for_miniport, status)
{
    d_step {
        if
        :: for_miniport -> binding_line(thread, EV_LEAVE_HALT, b, status)
        :: else -> binding_line(thread, EV_LEAVE_UNBIND, b, status)
        fi;
        need(binding[b].phase == UNBINDING && binding[b].miniport == for_miniport, RQ_UNB_01);
        need(status == ST_SUCCESS || (status == ST_PENDING && !for_miniport), RQ_UNB_03);
        if
        :: status == ST_PENDING ->
            binding[b].phase = UNBIND_PENDED;
            settle_unbind(b)
        :: else ->
            need(!binding[b].unbind_completed, RQ_UNB_11);
            unbind_has_ended(b, for_miniport);
            need(for_miniport || binding[b].adapter == ADAPTER_CLOSED, RQ_UNB_09);
            need(!binding[b].context, RQ_UNB_25);
            if
            :: for_miniport -> need_afs_done(b)
            :: else
            fi;
            forget_binding(b)
        fi
    }
}
