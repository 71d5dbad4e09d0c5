using System.Diagnostics;
using System.Diagnostics.Metrics;
using Betar.Grains.Payments;
using Orleans.Runtime;

namespace Betar.Grains.Tests.Payments;

/// <summary>A stage is measured, and is a span of the trace that came with the call.</summary>
public sealed class PaymentStageTests : IDisposable
{
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;
    private readonly ActivitySource _stream = new("Betar.PaymentStageTests");

    public PaymentStageTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Betar", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (_ended)
                    _ended.Add(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        RequestContext.Clear();
        _listener.Dispose();
        _stream.Dispose();
    }

    [Fact]
    public void A_stage_belongs_to_the_trace_of_the_stream_that_it_began_with()
    {
        string payment = Guid.NewGuid().ToString();
        Activity stream = _stream.StartActivity("libp2p.stream")!;
        PaymentStage.CarryTrace();
        stream.Dispose();

        // As in a grain elsewhere: nothing is left but what the call carries.
        Activity.Current = null;
        PaymentStage.Begin(PaymentStage.Settle, payment, TimeProvider.System).Dispose();

        Activity stage = Find(payment);
        Assert.Equal(("payment.settle", stream.TraceId, stream.SpanId), (stage.OperationName, stage.TraceId, stage.ParentSpanId));
    }

    [Fact]
    public void Without_a_trace_a_stage_begins_its_own()
    {
        string payment = Guid.NewGuid().ToString();
        Activity.Current = null;
        PaymentStage.CarryTrace();
        PaymentStage.Begin(PaymentStage.Execute, payment, TimeProvider.System).Dispose();

        Assert.Equal(default, Find(payment).ParentSpanId);
    }

    [Fact]
    public void How_long_it_took_is_counted_by_its_name()
    {
        List<(double Seconds, string Stage)> measured = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "betar.payments.stage_duration")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                lock (measured)
                    measured.Add((seconds, $"{tag.Key}={tag.Value}"));
            }
        });
        listener.Start();
        PaymentStage.Begin(PaymentStage.Execute, "", TimeProvider.System).Dispose();

        Assert.Contains(measured, one => one is { Stage: "stage=execute", Seconds: >= 0 });
    }

    private Activity Find(string payment)
    {
        lock (_ended)
            return Assert.Single(_ended, span => span.GetTagItem("betar.payment") as string == payment);
    }
}
