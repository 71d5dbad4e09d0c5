using System.Diagnostics.Metrics;
using Betar.Grains.Abstractions.Payments;

namespace Betar.Grains.Payments;

/// <summary>What payments count, on the meter "Betar".</summary>
internal static class PaymentInstruments
{
    private static readonly Meter s_meter = new("Betar");

    private static readonly Counter<long> s_answers = s_meter.CreateCounter<long>(
        "betar.payments.answers", description: "Answers to paid requests, by where the payment stood.");

    private static readonly Counter<long> s_uncovered = s_meter.CreateCounter<long>(
        "betar.refunds.uncovered", description: "Times a refund could not be made because the refund account has too little. Page somebody.");

    private static readonly Histogram<double> s_stages = s_meter.CreateHistogram<double>(
        "betar.payments.stage_duration", "s", "Seconds that a stage of a payment took, by stage: reserve, settle, execute, answer.");

    public static void OnStage(string stage, TimeSpan took) => s_stages.Record(took.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    public static void OnAnswer(PaymentEnd end) => s_answers.Add(1, new KeyValuePair<string, object?>("end", end.ToString()));

    public static void OnRefundUncovered() => s_uncovered.Add(1);
}
