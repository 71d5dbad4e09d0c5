using Betar.Ethereum;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Wallets;

/// <summary>Prints what became of a transfer.</summary>
internal static class SendPrinter
{
    /// <summary>A transaction that failed on the chain is a refusal; it names the transaction, which has cost its fee.</summary>
    public static CliRefusal? Print(CommandContext context, SendPlan plan, TransactionReceipt receipt, ulong confirmations)
    {
        if (!receipt.Succeeded)
            return ErrorCatalog.TransactionFailed.Refuse($"The transaction {receipt.TransactionHash} failed on {plan.Network}");
        if (context.Json)
            Write(context, plan, receipt, confirmations);
        else
            context.Out.WriteLine($"{(plan.Allows ? $"Permits of {plan.From} may take {plan.AmountText}" : $"{plan.AmountText} from {plan.From} to {plan.To}")}: {plan.Network.LinkTo(receipt.TransactionHash) ?? receipt.TransactionHash.ToString()}");
        return null;
    }

    private static void Write(CommandContext context, SendPlan plan, TransactionReceipt receipt, ulong confirmations) => JsonOutput.WriteLine(context.Out, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("transaction", receipt.TransactionHash.ToString());
        writer.WriteString("network", plan.Network.Caip2);
        writer.WriteString("from", plan.From.ToString());
        writer.WriteString("to", plan.To.ToString());
        writer.WriteString("asset", plan.Coin ? "native" : plan.Network.Usdc.ToString());
        writer.WriteString("amountAtomic", plan.Amount.ToString());
        writer.WriteString("mostFeeWei", plan.MostFee.ToString());
        writer.WriteNumber("gasUsed", receipt.GasUsed);
        writer.WriteNumber("block", receipt.BlockNumber);
        writer.WriteNumber("confirmations", confirmations);
        writer.WriteEndObject();
    });
}
