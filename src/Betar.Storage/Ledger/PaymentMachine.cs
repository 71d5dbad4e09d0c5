using System.Collections.Frozen;
using static Betar.Storage.Ledger.PaymentEvent;
using static Betar.Storage.Ledger.PaymentState;

namespace Betar.Storage.Ledger;

/// <summary>
/// The life of a payment: the diagram of docs/payments.md, arrow by arrow. The session moves by it, and which entry the ledger takes
/// after which follows from it.
/// </summary>
public static class PaymentMachine
{
    public static IReadOnlyList<PaymentStep> Steps { get; } =
    [
        new(Quoted, KeyTaken, Reserved),

        new(Reserved, TransferSent, Settling),
        new(Settling, ChainConfirmed, Settled),
        new(Settling, ChainRefused, Refused),
        new(Settling, ChainSilent, Pending),
        new(Pending, AskedAgain, Settling),

        new(Settled, TaskStarted, Executing),
        new(Executing, TaskRepeated, Executing),
        new(Executing, AnswerKept, Delivered),
        new(Executing, TaskFailed, RefundOwed),
        new(Executing, ExecutorLost, Interrupted),
        new(Interrupted, TaskStarted, Executing),
        new(Interrupted, MayNotRepeat, RefundOwed),

        new(RefundOwed, RefundDelayed, RefundOwed),
        new(RefundOwed, PaidBack, Refunded),
    ];

    private static readonly FrozenDictionary<(PaymentState, PaymentEvent), PaymentState> Table =
        Steps.ToFrozenDictionary(step => (step.From, step.Event), step => step.To);

    /// <summary>Where it goes from here.</summary>
    /// <exception cref="InvalidOperationException">The diagram has no such arrow: a bug.</exception>
    public static PaymentState Next(PaymentState from, PaymentEvent happened) => Table.TryGetValue((from, happened), out var to)
        ? to
        : throw new InvalidOperationException($"A payment that is {from} cannot take {happened}.");

    /// <summary>What the ledger calls the state; null when the state is not kept.</summary>
    public static LedgerKind? KindOf(PaymentState state) => state switch
    {
        Reserved => LedgerKind.Reserved,
        Settled => LedgerKind.Settled,
        Delivered => LedgerKind.Delivered,
        RefundOwed => LedgerKind.RefundOwed,
        Refunded => LedgerKind.Refunded,
        Refused => LedgerKind.Refused,
        _ => null,
    };

    /// <summary>
    /// The state of an order of which only its last entry is known: whoever wrote it may have gone on. What was reserved may have been sent,
    /// and what was settled may have been worked on.
    /// </summary>
    public static PaymentState AfterCrash(LedgerKind last) => last switch
    {
        LedgerKind.Reserved => Pending,
        LedgerKind.Settled => Interrupted,
        LedgerKind.Delivered => Delivered,
        LedgerKind.RefundOwed => RefundOwed,
        LedgerKind.Refunded => Refunded,
        LedgerKind.Refused => Refused,
        _ => throw new ArgumentOutOfRangeException(nameof(last), last, "The ledger knows no such kind."),
    };

    /// <summary>No arrow leads away.</summary>
    public static bool IsEnd(PaymentState state) => Steps.All(step => step.From != state);

    /// <summary>The states that the ledger keeps and that come next on some way from here.</summary>
    internal static IEnumerable<LedgerKind> KeptAfter(PaymentState from)
    {
        var seen = new HashSet<PaymentState> { from };
        var ways = new Queue<PaymentState>([from]);
        while (ways.TryDequeue(out var at))
        {
            foreach (var to in Steps.Where(step => step.From == at).Select(step => step.To).Where(seen.Add))
            {
                if (KindOf(to) is { } kind)
                    yield return kind;
                else
                    ways.Enqueue(to);
            }
        }
    }
}
