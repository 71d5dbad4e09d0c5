namespace Betar.Storage.Ledger;

/// <summary>What can happen to a payment.</summary>
public enum PaymentEvent
{
    KeyTaken,
    TransferSent,
    ChainConfirmed,
    ChainRefused,
    ChainSilent,
    AskedAgain,
    TaskStarted,
    TaskRepeated,
    AnswerKept,
    TaskFailed,
    ExecutorLost,
    MayNotRepeat,
    RefundDelayed,
    PaidBack,
}
