using System.Collections.Immutable;
using System.Text.Json;
using Betar.Grains.Abstractions.Workflows;
using Betar.X402;

namespace Betar.Grains.Workflows;

/// <summary>Walks a workflow's tree. Walked again after a crash it takes the same way: what tasks have said is in the record.</summary>
internal sealed class WorkflowRun(WorkflowRecord record, WorkflowTasks tasks, WorkflowOptions options, TimeProvider time)
{
    private static readonly JsonSerializerOptions s_lists = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task<StepEnd> RunAsync(CancellationToken cancellationToken) =>
        StepAsync(record.Definition.Root, WorkflowPaths.Root, WorkflowScope.Of(record.Definition.Input), [], cancellationToken);

    private async Task<StepEnd> StepAsync(
        WorkflowStep step, string path, WorkflowScope scope, ImmutableArray<BudgetLimit> limits, CancellationToken cancellationToken)
    {
        if (step.BudgetAtomic.Length > 0)
            limits = limits.Add(new BudgetLimit(path, AtomicAmount.Parse(step.BudgetAtomic)));
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using CancellationTokenSource? deadline = Deadline(step, path);
        using CancellationTokenRegistration passing = deadline?.Token.Register(ends.Cancel) ?? default;
        CancellationToken within = ends.Token;
        StepEnd end = step.Kind switch
        {
            WorkflowStepKind.Task => await tasks.RunAsync(step, path, scope, limits, within),
            WorkflowStepKind.Chain => await ChainAsync(step, path, scope, limits, within),
            WorkflowStepKind.Parallel => await BranchesAsync(
                path, step.Steps.Count, index => StepAsync(step.Steps[index], WorkflowPaths.Step(path, index), scope, limits, within), scope),
            WorkflowStepKind.Map => await MapAsync(step, path, scope, limits, within),
            _ => await ChooseAsync(step, path, scope, limits, within),
        };
        return end.IsOk && step.Name.Length > 0 ? end with { Named = end.Named.SetItem(step.Name, end.Output) } : end;
    }

    private async Task<StepEnd> ChainAsync(WorkflowStep step, string path, WorkflowScope scope, ImmutableArray<BudgetLimit> limits, CancellationToken cancellationToken)
    {
        WorkflowScope now = scope;
        for (int i = 0; i < step.Steps.Count; i++)
        {
            StepEnd end = await StepAsync(step.Steps[i], WorkflowPaths.Step(path, i), now, limits, cancellationToken);
            if (!end.IsOk)
                return end;
            now = now with { Previous = end.Output, Named = end.Named };
        }

        return StepEnd.Ok(now.Previous, now);
    }

    private async Task<StepEnd> MapAsync(WorkflowStep step, string path, WorkflowScope scope, ImmutableArray<BudgetLimit> limits, CancellationToken cancellationToken)
    {
        if (WorkflowTemplate.Render(step.Input.Length == 0 ? "{{previous}}" : step.Input, scope, options.MaxText) is not { } text)
            return StepEnd.TooLarge($"The list of step {path}");
        List<string> items = WorkflowTemplate.Items(text);
        if (!record.Items.ContainsKey(path) && record.Items.Values.Sum() + items.Count > options.MaxTasks)
            return StepEnd.TooLarge($"The list of step {path}");
        record.Items[path] = items.Count;
        StepEnd end = await BranchesAsync(path, items.Count, index => StepAsync(
            step.Steps[0], WorkflowPaths.Item(path, index), scope with { Item = items[index], Index = index, Previous = items[index] }, limits, cancellationToken), scope);
        return end with { Named = end.IsOk ? scope.Named : end.Named };
    }

    private async Task<StepEnd> ChooseAsync(WorkflowStep step, string path, WorkflowScope scope, ImmutableArray<BudgetLimit> limits, CancellationToken cancellationToken)
    {
        string? value = WorkflowTemplate.Render(step.Input.Length == 0 ? "{{previous}}" : step.Input, scope, options.MaxText);
        string? expected = WorkflowTemplate.Render(step.Expected, scope, options.MaxText);
        if (value is null || expected is null)
            return StepEnd.TooLarge($"What step {path} looks at");
        bool holds = step.Test switch
        {
            WorkflowTest.Equals => value == expected,
            WorkflowTest.Contains => value.Contains(expected, StringComparison.OrdinalIgnoreCase),
            _ => !string.IsNullOrWhiteSpace(value),
        };
        int branch = holds != step.Negated ? 0 : 1;
        return branch < step.Steps.Count
            ? await StepAsync(step.Steps[branch], WorkflowPaths.Step(path, branch), scope, limits, cancellationToken)
            : StepEnd.Ok(scope.Previous, scope);
    }

    /// <summary>Some at a time. After the first that fails no further one begins; those that have begun, before a crash too, are seen to their end.</summary>
    private async Task<StepEnd> BranchesAsync(string path, int count, Func<int, Task<StepEnd>> branch, WorkflowScope scope)
    {
        var ends = new StepEnd?[count];
        bool failed = record.Steps.Any(step => step.Value.Status == WorkflowStepStatus.Failed && WorkflowPaths.IsWithin(step.Key, path));
        int next = 0;
        async Task WorkAsync()
        {
            while (next < count)
            {
                int index = next++;
                if (failed && !HasBegun(path, index))
                    continue;
                ends[index] = await branch(index);
                failed |= !ends[index]!.IsOk;
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Math.Min(count, options.MaxParallel)).Select(_ => WorkAsync()));
        if (failed)
            return ends.First(end => end is { IsOk: false })!;
        ImmutableDictionary<string, string> named = ends.Aggregate(scope.Named, (sum, end) => sum.SetItems(end!.Named));
        string list = JsonSerializer.Serialize(ends.Select(end => end!.Output), s_lists);
        return list.Length > options.MaxText ? StepEnd.TooLarge($"What step {path} said") : new StepEnd(list, null, named);
    }

    private bool HasBegun(string path, int index) => record.Steps.Keys.Any(
        step => WorkflowPaths.IsWithin(step, WorkflowPaths.Step(path, index)) || WorkflowPaths.IsWithin(step, WorkflowPaths.Item(path, index)));

    /// <summary>Counted from when the step began, whoever runs it now.</summary>
    private CancellationTokenSource? Deadline(WorkflowStep step, string path)
    {
        if (step.TimeoutSeconds == 0)
            return null;
        if (!record.Began.TryGetValue(path, out DateTimeOffset began))
            record.Began[path] = began = time.GetUtcNow();
        TimeSpan left = began + TimeSpan.FromSeconds(step.TimeoutSeconds) - time.GetUtcNow();
        return new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
    }
}
