using System.Text.Json;

namespace Betar.Node.Cli.Workflows;

/// <summary>A workflow as people read it.</summary>
internal static class WorkflowPrinter
{
    public static bool HasEnded(JsonElement workflow) => workflow.Text("status") is "completed" or "failed" or "canceled";

    public static void Print(CommandContext context, JsonElement workflow)
    {
        context.Out.WriteLine($"Workflow: {VisibleText.Of(workflow.Text("id"))}");
        context.Out.WriteLine($"Status: {workflow.Text("status")}");
        foreach (JsonElement step in workflow.GetProperty("steps").EnumerateArray())
            PrintStep(context, step);
        if (workflow.Text("output") is { Length: > 0 } output)
            context.Out.WriteLine($"Output: {VisibleText.Of(output)}");
        if (workflow.Text("error") is { Length: > 0 } error)
            context.Out.WriteLine($"Error: {VisibleText.Of(error)}");
        context.Out.WriteLine($"Total cost: {workflow.Text("totalCost")} USDC");
    }

    private static void PrintStep(CommandContext context, JsonElement step)
    {
        string cost = step.TryGetProperty("payment", out JsonElement payment) ? $", {payment.Text("amount")} USDC" : "";
        context.Out.WriteLine($"  Step {step.GetProperty("index").GetInt32() + 1}: {VisibleText.Of(step.Text("agentId"))} [{step.Text("status")}{cost}]");
        if (step.Text("output") is { Length: > 0 } output)
            context.Out.WriteLine($"    {VisibleText.Of(output)}");
        if (step.Text("error") is { Length: > 0 } error)
            context.Out.WriteLine($"    {VisibleText.Of(error)}");
    }
}
