using System.Text.Json;
using Betar.Ethereum;
using Betar.Node.Errors;
using Betar.X402;

namespace Betar.Node.Cli.Receipts;

/// <summary>What a buyer has of a purchase: which payment, how much, to whom, in which transaction, and for what.</summary>
internal sealed record Receipt(PaymentKey Payment, AtomicAmount Amount, Address PayTo, string Transaction, string Agent, string Output)
{
    private const int LargestFile = 16 * 1024 * 1024;

    /// <summary>What <c>betar agent execute --json</c> printed, or <c>betar demo --json</c>, whose receipt is inside.</summary>
    public static Checked<Receipt> Read(string path)
    {
        try
        {
            if (!File.Exists(path))
                return ErrorCatalog.FileNotReadable.Refuse($"The receipt {path} is not there", "name the file into which the purchase was printed with --json");
            if (new FileInfo(path).Length > LargestFile)
                return ErrorCatalog.ReceiptWrong.Refuse($"{path} is larger than {LargestFile / 1024 / 1024} MiB");
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            return Read(root.ValueKind == JsonValueKind.Object && root.TryGetProperty("receipt", out var inside) ? inside : root, path);
        }
        catch (JsonException fault)
        {
            return ErrorCatalog.ReceiptWrong.Refuse($"{path} is no JSON") with { Cause = fault };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ErrorCatalog.FileNotReadable.Refuse($"{path} cannot be read ({fault.Message})") with { Cause = fault };
        }
    }

    private static Checked<Receipt> Read(JsonElement receipt, string path)
    {
        var key = receipt.Text("paymentKey") is { Length: > 0 } name ? name : receipt.Text("payment");
        if (!PaymentKey.TryParse(key, out var payment))
            return ErrorCatalog.ReceiptWrong.Refuse($"{path} names no payment");
        if (!AtomicAmount.TryParse(receipt.Text("amount"), out var amount))
            return ErrorCatalog.ReceiptWrong.Refuse($"{path} names no amount");
        return Address.TryParse(receipt.Text("payTo"), out var payTo)
            ? new Receipt(payment, amount, payTo, receipt.Text("transaction"), receipt.Text("agentId"), receipt.Text("output"))
            : ErrorCatalog.ReceiptWrong.Refuse($"{path} names no payee");
    }
}
