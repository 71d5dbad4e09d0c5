using Betar.X402.Http.Buying;

namespace Betar.Node.Cli.Paying;

/// <summary>What came for the money, for people or as a receipt that <c>betar receipt verify</c> reads.</summary>
internal static class PaidReceipt
{
    public static void Print(CommandContext context, string intent, string seller, string output, IntentRecord? paid, string payTo, string transaction, int? status = null)
    {
        if (!context.Json)
        {
            context.Out.WriteLine(AnswerText.Of(output));
            return;
        }

        JsonOutput.WriteLine(context.Out, writer =>
        {
            writer.WriteStartObject();
            if (status is { } answered)
                writer.WriteNumber("status", answered);
            writer.WriteString("intent", intent);
            writer.WriteString("agentId", seller);
            writer.WriteString("output", output);
            if (paid is not null)
            {
                writer.WriteString("payment", paid.Key.ToString());
                writer.WriteString("amount", paid.Amount.ToString());
                writer.WriteString("payTo", payTo);
                writer.WriteString("transaction", transaction);
            }

            writer.WriteEndObject();
        });
    }
}
