using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Payments;

namespace Betar.Grains.Tests.Payments;

/// <summary>What an operator's dashboards and alarms go by.</summary>
public sealed class PaymentInstrumentsTests
{
    [Fact]
    public void Answers_are_counted_by_their_end_and_uncovered_refunds_by_themselves()
    {
        var heard = new ConcurrentBag<(string Name, long By, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == "Betar")
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, by, tags, _) =>
            heard.Add((instrument.Name, by, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        listener.Start();

        PaymentInstruments.OnAnswer(PaymentEnd.Delivered);
        PaymentInstruments.OnRefundUncovered();

        Assert.Contains(("betar.payments.answers", 1L, "end=Delivered"), heard);
        Assert.Contains(("betar.refunds.uncovered", 1L, ""), heard);
    }
}
