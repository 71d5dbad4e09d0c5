using System.CommandLine;
using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Orders;

/// <summary><c>betar refund retry</c>: tries what is owed now, without waiting for the next turn.</summary>
internal static class RefundRetryCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private static readonly Argument<string?> Id = new("id")
    {
        Description = "The payment's key [default: all that are owed]", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create(CliHost host) => NodeCommand.Create("retry", "Try refunds that are owed again, now", host, RunAsync, Id);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var owed = 0;
        var refusal = await NodeQuery.RunAsync(context, "refunds.retry", writer => writer.WriteString("payment", arguments.GetValue(Id) ?? ""),
            Print, cancellation, Deadline, answer => owed = answer.GetProperty("owed").GetInt32());
        return refusal ?? (owed == 0 ? null : ErrorCatalog.RefundOwed.Refuse($"{owed} refund(s) are still owed", "look at betar order list --owed, and fund the refund account that betar doctor names"));
    }

    private static void Print(CommandContext context, JsonElement answer)
    {
        foreach (var order in answer.GetProperty("orders").EnumerateArray())
            context.Out.WriteLine($"{order.Text("state"),-10} {order.Text("payment")} {VisibleText.Of(order.Text("detail"))}");
        if (answer.GetProperty("orders").GetArrayLength() == 0)
            context.Out.WriteLine("Nothing is owed.");
    }
}
