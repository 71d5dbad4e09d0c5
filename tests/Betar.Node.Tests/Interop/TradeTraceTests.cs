using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Betar.Interop.Tests.Partner;
using Betar.Node.Demo;

namespace Betar.Node.Tests.Interop;

/// <summary>What a collector of traces is told of one purchase by a foreign peer, over all of the node.</summary>
[Collection(TradeCollection.Name)]
public sealed class TradeTraceTests(TradeWorld world)
{
    private const string Stream = "libp2p.stream";

    [Fact]
    public async Task One_trace_leads_from_the_buyers_stream_to_the_settlement()
    {
        var ended = Channel.CreateUnbounded<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Betar", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => ended.Writer.TryWrite(span),
        };
        ActivitySource.AddActivityListener(listener);
        await using JsCustomer customer = await world.CustomerAsync();
        (string frame, JsonObject payment) = await customer.SignAsync(await customer.ListedAsync(DemoAgents.Math), "3 + 4");
        Assert.Equal("x402.response", (await customer.ShowAsync(frame)).Type);

        // The stream's own span ends when its answer has left, which the buyer may know before.
        string nonce = payment["payload"]!["authorization"]!["nonce"]!.GetValue<string>();
        using var patience = new CancellationTokenSource(PartnerProcess.Patience);
        List<Activity> spans = [];
        while (Settled(spans, nonce) is not { } settled || !spans.Any(span => span.SpanId == settled.ParentSpanId))
            spans.Add(await ended.Reader.ReadAsync(patience.Token));

        Activity settling = Settled(spans, nonce)!, stream = spans.Single(span => span.SpanId == settling.ParentSpanId);
        Assert.Equal((Stream, "/x402/libp2p/1.0.0"), (stream.OperationName, stream.GetTagItem("protocol") as string));
        Assert.Equal(
            ["payment.execute", "payment.reserve", "payment.settle"],
            spans.Where(span => span.TraceId == stream.TraceId && IsOf(span, nonce)).Select(span => span.OperationName).Where(name => name != "payment.answer").Order(StringComparer.Ordinal));
    }

    private static Activity? Settled(List<Activity> spans, string nonce) => spans.Find(span => span.OperationName == "payment.settle" && IsOf(span, nonce));

    private static bool IsOf(Activity span, string nonce) => (span.GetTagItem("betar.payment") as string)?.EndsWith(nonce, StringComparison.Ordinal) == true;
}
