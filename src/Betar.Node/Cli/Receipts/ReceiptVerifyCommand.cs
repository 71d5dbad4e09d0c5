using System.CommandLine;
using Betar.Ethereum;
using Betar.Grains.Settlement.Audit;
using Betar.Node.Cli.Ledger;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.X402.Schemes.Permit2;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Cli.Receipts;

/// <summary><c>betar receipt verify</c>: whether the chain has exactly the transfer that a receipt names.</summary>
internal static class ReceiptVerifyCommand
{
    public static Command Create(CliHost host) =>
        CliCommand.Create("verify", "Compare a receipt with the chain", host, RunAsync, ReceiptShowCommand.FileName);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var read = Receipt.Read(arguments.GetRequiredValue(ReceiptShowCommand.FileName));
        if (!read.IsOk)
            return read.Refusal;
        var receipt = read.Value;
        var opened = await LedgerChains.OpenAsync(
            context, receipt.Payment.Network, new NodeContext(context.Time, NullLoggerFactory.Instance, context.Environment), cancellation);
        if (!opened.IsOk)
            return opened.Refusal;
        await using var chain = opened.Value;
        try
        {
            var isPermit = receipt.Payment.Asset == Permit2Contracts.Permit2;
            if (chain.Network.Usdc != receipt.Payment.Asset && !isPermit)
                return ErrorCatalog.ReceiptWrong.Refuse($"The receipt is for {receipt.Payment.Asset}, which is not the USDC of {chain.Network}");
            var claim = new AuditedTransfer(receipt.Payment.ToString(), receipt.Transaction, receipt.Payment.From, receipt.PayTo,
                receipt.Amount.Units, isPermit ? null : receipt.Payment.Nonce.Value);
            if (await TransferProof.CheckAsync(claim, chain.Client, chain.Network.Usdc, cancellation) is { } fault)
                return ErrorCatalog.ReceiptWrong.Refuse(fault.Message.TrimEnd('.'));
            ReceiptShowCommand.Write(context, receipt, agrees: true);
            return null;
        }
        catch (ChainUnavailableException silence)
        {
            return ErrorCatalog.ChainUnreachable.Refuse($"{chain.Network} stopped answering: {silence.Message}") with { Cause = silence };
        }
        finally
        {
            await chain.StopAsync();
        }
    }
}
