using System.Diagnostics;
using Orleans.Runtime;

namespace Betar.Grains.Payments;

/// <summary>
/// One stage of a payment while it lasts: a span of the trace that began with the buyer's stream, and a measurement. The trace travels with the
/// calls between grains, whichever silo they are on.
/// </summary>
internal readonly struct PaymentStage : IDisposable
{
    public const string Reserve = "reserve";
    public const string Settle = "settle";
    public const string Execute = "execute";
    public const string Answer = "answer";
    private const string TraceKey = "betar.trace";

    private static readonly ActivitySource s_source = new("Betar");

    private readonly string _name;
    private readonly Activity? _span;
    private readonly TimeProvider _time;
    private readonly long _began;

    private PaymentStage(string name, Activity? span, TimeProvider time) => (_name, _span, _time, _began) = (name, span, time, time.GetTimestamp());

    /// <summary>Gives the present trace to the calls that follow.</summary>
    public static void CarryTrace()
    {
        if (Activity.Current?.Id is { } id)
            RequestContext.Set(TraceKey, id);
    }

    public static PaymentStage Begin(string name, string payment, TimeProvider time)
    {
        Activity? span = s_source.HasListeners() ? s_source.StartActivity("payment." + name, ActivityKind.Internal, RequestContext.Get(TraceKey) as string) : null;
        span?.SetTag("betar.payment", payment);
        return new PaymentStage(name, span, time);
    }

    public void Dispose()
    {
        _span?.Dispose();
        PaymentInstruments.OnStage(_name, _time.GetElapsedTime(_began));
    }
}
