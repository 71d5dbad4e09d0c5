using System.CommandLine;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Receipts;

/// <summary><c>betar receipt show</c>: a receipt in words.</summary>
internal static class ReceiptShowCommand
{
    public static Argument<string> FileName { get; } = new("file") { Description = "What a purchase printed with --json", HelpName = "FILE" };

    public static Command Create(CliHost host) => CliCommand.Create("show", "Show what a receipt says", host, (context, arguments, _) =>
        Task.FromResult(Show(context, arguments.GetRequiredValue(FileName))), FileName);

    private static CliRefusal? Show(CommandContext context, string path)
    {
        var read = Receipt.Read(path);
        if (!read.IsOk)
            return read.Refusal;
        Write(context, read.Value, agrees: null);
        return null;
    }

    /// <param name="context">Where to print.</param>
    /// <param name="receipt">What was read.</param>
    /// <param name="agrees">What the chain says of it; null when it was not asked.</param>
    public static void Write(CommandContext context, Receipt receipt, bool? agrees)
    {
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, writer =>
            {
                writer.WriteStartObject();
                if (agrees is { } ok)
                    writer.WriteBoolean("ok", ok);
                writer.WriteString("payment", receipt.Payment.ToString());
                writer.WriteString("network", receipt.Payment.Network.ToString());
                writer.WriteString("from", receipt.Payment.From.ToString());
                writer.WriteString("payTo", receipt.PayTo.ToString());
                writer.WriteString("amount", receipt.Amount.ToString());
                writer.WriteString("transaction", receipt.Transaction);
                writer.WriteString("agentId", receipt.Agent);
                writer.WriteString("output", receipt.Output);
                writer.WriteEndObject();
            });
            return;
        }

        context.Out.WriteLine($"{receipt.Amount.ToUsdc()} USDC from {receipt.Payment.From} to {receipt.PayTo} on {receipt.Payment.Network}");
        context.Out.WriteLine($"for       {VisibleText.Of(receipt.Agent)}");
        context.Out.WriteLine($"answer    {VisibleText.Of(receipt.Output)}");
        context.Out.WriteLine($"in        {VisibleText.Of(receipt.Transaction)}");
        if (agrees == true)
            context.Out.WriteLine("The chain has exactly this transfer.");
    }
}
