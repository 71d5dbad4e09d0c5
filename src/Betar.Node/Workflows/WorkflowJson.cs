using System.Globalization;
using System.Text.Json;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Abstractions.Workflows;
using Betar.X402;

namespace Betar.Node.Workflows;

/// <summary>A workflow in the original's shape, with what the original left empty, and some fields more.</summary>
internal static class WorkflowJson
{
    public static void Write(Utf8JsonWriter writer, WorkflowView workflow)
    {
        writer.WriteStartObject();
        writer.WriteString("id", workflow.Id);
        writer.WriteString("status", Word(workflow.Status));
        writer.WriteStartArray("steps");
        for (int i = 0; i < workflow.Steps.Count; i++)
            Write(writer, workflow.Steps[i], i);
        writer.WriteEndArray();
        writer.WriteString("input", workflow.Input);
        if (workflow.Output.Length > 0)
            writer.WriteString("output", workflow.Output);
        Error(writer, workflow.Error);
        writer.WriteString("totalCost", Usdc(workflow.CostAtomic));
        if (workflow.BudgetAtomic.Length > 0)
            writer.WriteString("budget", Usdc(workflow.BudgetAtomic));
        Time(writer, "createdAt", workflow.CreatedAt);
        Time(writer, "updatedAt", workflow.UpdatedAt);
        Time(writer, "completedAt", workflow.CompletedAt);
        writer.WriteEndObject();
    }

    public static string Word(WorkflowStatus status) => status switch
    {
        WorkflowStatus.Pending => "pending",
        WorkflowStatus.Running => "running",
        WorkflowStatus.Completed => "completed",
        WorkflowStatus.Failed => "failed",
        _ => "canceled",
    };

    private static void Write(Utf8JsonWriter writer, WorkflowStepView step, int index)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", index);
        writer.WriteString("path", step.Path);
        writer.WriteString("agentId", step.AgentId);
        writer.WriteString("status", Word(step.Status));
        writer.WriteString("input", step.Input);
        if (step.Output.Length > 0)
            writer.WriteString("output", step.Output);
        Error(writer, step.Error);
        if (step.PaymentKey.Length > 0)
        {
            writer.WriteStartObject("payment");
            writer.WriteString("purchaseId", step.PurchaseId);
            writer.WriteString("paymentKey", step.PaymentKey);
            writer.WriteString("amount", Usdc(step.CostAtomic));
            writer.WriteString("payTo", step.PayTo);
            writer.WriteString("transaction", step.TransactionHash);
            writer.WriteEndObject();
        }

        writer.WriteNumber("attempts", step.Attempts);
        Time(writer, "startedAt", step.StartedAt);
        Time(writer, "completedAt", step.CompletedAt);
        writer.WriteEndObject();
    }

    private static string Word(WorkflowStepStatus status) => status switch
    {
        WorkflowStepStatus.Pending => "pending",
        WorkflowStepStatus.Running => "running",
        WorkflowStepStatus.Completed => "completed",
        WorkflowStepStatus.Failed => "failed",
        _ => "skipped",
    };

    private static void Error(Utf8JsonWriter writer, Refusal? error)
    {
        if (error is not null)
            writer.WriteString("error", $"{error.Code}: {error.Message}");
    }

    private static string Usdc(string atomic) => AtomicAmount.Parse(atomic).ToUsdc();

    private static void Time(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } known)
            writer.WriteString(name, known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
