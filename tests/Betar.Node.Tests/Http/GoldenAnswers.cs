using System.Text.Json;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Abstractions.Workflows;
using Betar.Node.Cli;
using Betar.Node.Orders;
using Betar.Node.Sessions;
using Betar.Node.Workflows;
using Betar.Storage.Orders;
using Betar.Storage.Sessions;
using Betar.X402;

namespace Betar.Node.Tests.Http;

/// <summary>What the node's own writers answer: the shapes that the original's routes hand on are those of the running node, not of a test.</summary>
internal static class GoldenAnswers
{
    private const string Payment = "eip155:84532/0x036cbd53842c5426634e7929541ec2318f3dcf7e/0x1a642f0e3c3af545e7acbd38b07251b3990914f1/0x0101010101010101010101010101010101010101010101010101010101010101";
    private static readonly DateTimeOffset s_at = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);

    /// <summary>A paid exchange, and one that failed.</summary>
    public static string Session { get; } = Written(writer => SessionJson.Write(writer, new Session("0b5c9e3a-5c5f-4d52-9d43-2a5a3cf1a3a1", "x", "c", s_at, s_at.AddSeconds(1), 2,
    [
        new RecordedExchange(1, s_at, Exchange("r1") with { Output = "42", Payment = new SessionPayment(Payment, "0xfeed", "1000", "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1", s_at) }),
        new RecordedExchange(2, s_at.AddSeconds(1), Exchange("r2") with { Error = "BTR-4005: no" }),
    ])));

    public static string NewWorkflow { get; } = Written(writer => WorkflowJson.Write(writer, Workflow(WorkflowStatus.Pending, Step("0", WorkflowStepStatus.Pending), Step("1", WorkflowStepStatus.Pending))));

    /// <summary>Its first step was paid, its second goes on.</summary>
    public static string RunningWorkflow { get; } = Written(writer => WorkflowJson.Write(writer, Workflow(WorkflowStatus.Running, Paid, Step("1", WorkflowStepStatus.Running) with
    {
        Input = "42", Attempts = 1, StartedAt = s_at.AddSeconds(1),
    }) with { CostAtomic = "2500" }));

    public static string CanceledWorkflow { get; } = Written(writer => WorkflowJson.Write(writer, Workflow(WorkflowStatus.Canceled, Paid, Step("1", WorkflowStepStatus.Skipped)) with
    {
        CostAtomic = "2500", CompletedAt = s_at.AddSeconds(2), Error = new Refusal { Code = "BTR-4012", Message = "The workflow was canceled." },
    }));

    public static string NewOrder { get; } = Written(writer => MarketOrderJson.Write(writer, new MarketOrder
    {
        OrderId = "7d0a5a8e-4c58-4b0c-9a61-6f1f0a5e3c11", AgentId = "x", BuyerId = "b", SellerId = "s", Price = AtomicAmount.Parse("1000000"), Status = MarketOrderStatus.Pending, Timestamp = s_at,
    }));

    private static WorkflowStepView Paid => Step("0", WorkflowStepStatus.Completed) with
    {
        Input = "y", Output = "42", Attempts = 1, PurchaseId = "p", PaymentKey = Payment, CostAtomic = "2500",
        PayTo = "0x1f3BdFaF62A6f3C4E1774bE085D556d211E738A9", TransactionHash = "0xfeed", StartedAt = s_at, CompletedAt = s_at.AddSeconds(1),
    };

    private static SessionExchange Exchange(string id) => new() { AgentId = "x", CallerId = "c", RequestId = id, Input = "6 * 7" };

    private static WorkflowView Workflow(WorkflowStatus status, params WorkflowStepView[] steps) =>
        new() { Id = "w", Status = status, Steps = [.. steps], Input = "y", CreatedAt = s_at, UpdatedAt = s_at };

    private static WorkflowStepView Step(string path, WorkflowStepStatus status) => new() { Path = path, AgentId = "x", Status = status };

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using JsonDocument document = JsonOutput.Parse(write);
        return document.RootElement.GetRawText();
    }
}
