using Betar.Grains.Abstractions.Workflows;
using Betar.Grains.Workflows;
using Betar.Node.Configuration;
using Betar.Node.Errors;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Workflows;

/// <summary>Reads a workflow's definition, as YAML or as JSON, which is YAML too; all faults at once, each with its line.</summary>
internal static class WorkflowFile
{
    private static readonly string[] s_fields = ["input", "steps", "budget", "timeout", "mandate", "accept_unverified"];

    /// <param name="text">The definition.</param>
    /// <param name="name">How faults name it.</param>
    /// <param name="input">Stands in the place of the definition's own; null: it has one.</param>
    /// <param name="options">The limits.</param>
    public static Checked<WorkflowDefinition> Parse(string text, string name, string? input, WorkflowOptions options)
    {
        Checked<YamlNode?> document = YamlFile.Parse(text, name);
        if (!document.IsOk)
            return document.Refusal;
        if (document.Value is not { } root)
            return ErrorCatalog.WorkflowInvalid.Refuse($"{name} is empty");
        var faults = new FaultList();
        var reader = new WorkflowStepReader(faults);
        if (YamlMap.From(root, "a workflow", s_fields, faults) is not { } top)
            return faults.ToRefusal(name);
        WorkflowStep? steps = reader.ReadChain(top.Node("steps") ?? root, WorkflowPaths.Root, "steps");
        var definition = new WorkflowDefinition
        {
            Root = (steps ?? new WorkflowStep { Kind = WorkflowStepKind.Chain }) with
            {
                BudgetAtomic = reader.Budget(top), TimeoutSeconds = top.Count("timeout", WorkflowStepReader.MaxTimeout),
            },
            Input = input ?? top.Text("input") ?? "",
            MandateId = top.Text("mandate") ?? "",
            AcceptUnverified = top.Flag("accept_unverified"),
        };
        if (!faults.Any)
        {
            foreach (WorkflowFault fault in WorkflowCheck.Faults(definition, options))
                faults.Add(ErrorCatalog.WorkflowInvalid, reader.PlaceOf(fault.Path) ?? root, fault.Message);
        }

        return faults.Any ? faults.ToRefusal(name) : definition;
    }
}
