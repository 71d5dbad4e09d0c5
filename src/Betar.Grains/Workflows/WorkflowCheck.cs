using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Betar.Grains.Abstractions.Workflows;
using Betar.X402;

namespace Betar.Grains.Workflows;

/// <summary>Says what is wrong with a definition, all of it at once, each fault with the path of its step.</summary>
public static partial class WorkflowCheck
{
    private const int MaxRetries = 10;
    private const int MaxTimeout = 86_400;

    public static IReadOnlyList<WorkflowFault> Faults(WorkflowDefinition definition, WorkflowOptions options)
    {
        List<WorkflowFault> faults = [];
        if (definition.Input.Length == 0)
            faults.Add(new WorkflowFault(WorkflowPaths.Root, "the workflow has no input"));
        if (definition.Input.Length > options.MaxText)
            faults.Add(new WorkflowFault(WorkflowPaths.Root, $"the input has more than {options.MaxText} characters"));
        var walk = new Walk(options, faults);
        walk.Step(definition.Root, WorkflowPaths.Root, [], inMap: false, depth: 1);
        if (walk.Tasks > options.MaxTasks)
            faults.Add(new WorkflowFault(WorkflowPaths.Root, $"there are {walk.Tasks} tasks, and {options.MaxTasks} is the most"));
        return faults;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex StepName();

    private sealed class Walk(WorkflowOptions options, List<WorkflowFault> faults)
    {
        private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

        public int Tasks { get; private set; }

        /// <returns>The steps that may be referred to after this one.</returns>
        public ImmutableHashSet<string> Step(WorkflowStep step, string path, ImmutableHashSet<string> names, bool inMap, int depth)
        {
            void Fault(string message) => faults.Add(new WorkflowFault(path, message));
            if (depth > options.MaxDepth)
            {
                Fault($"steps stand more than {options.MaxDepth} deep inside one another");
                return names;
            }

            if (step.Name.Length > 0 && !StepName().IsMatch(step.Name))
                Fault("a step's name has 1 to 64 letters, digits, - and _");
            else if (step.Name.Length > 0 && !_taken.Add(step.Name))
                Fault($"the name \"{step.Name}\" is taken by another step");
            if (step.Retries is < 0 or > MaxRetries)
                Fault($"retries is not within 0 to {MaxRetries}");
            if (step.Retries > 0 && step.Kind != WorkflowStepKind.Task)
                Fault("only a task can be tried again");
            if (step.TimeoutSeconds is < 0 or > MaxTimeout)
                Fault($"timeout is not within 0 to {MaxTimeout} seconds");
            if (step.BudgetAtomic.Length > 0 && !AtomicAmount.TryParse(step.BudgetAtomic, out _))
                Fault("budget is not an amount");
            foreach (string template in new[] { step.Input, step.Expected })
            {
                if (WorkflowTemplate.FindFault(template, names, inMap) is { } fault)
                    Fault($"the text refers to {fault}");
            }

            ImmutableHashSet<string> after = Inside(step, path, names, inMap, depth, Fault);
            return step.Name.Length > 0 ? after.Add(step.Name) : after;
        }

        private ImmutableHashSet<string> Inside(
            WorkflowStep step, string path, ImmutableHashSet<string> names, bool inMap, int depth, Action<string> fault)
        {
            (int least, int most) = step.Kind switch
            {
                WorkflowStepKind.Task => (0, 0),
                WorkflowStepKind.Map => (1, 1),
                WorkflowStepKind.If => (1, 2),
                _ => (1, int.MaxValue),
            };
            if (step.Steps.Count < least || step.Steps.Count > most)
                fault(least == 0 ? "a task has no steps inside" : "there is no step inside, or one too many");
            if (step.Kind == WorkflowStepKind.Task)
            {
                Tasks++;
                if (string.IsNullOrWhiteSpace(step.Agent))
                    fault("a task names its agent");
                return names;
            }

            ImmutableHashSet<string> known = names;
            for (int i = 0; i < step.Steps.Count; i++)
            {
                bool isMap = step.Kind == WorkflowStepKind.Map;
                ImmutableHashSet<string> then = Step(
                    step.Steps[i], isMap ? WorkflowPaths.Item(path, i) : WorkflowPaths.Step(path, i),
                    step.Kind == WorkflowStepKind.Chain ? known : names, inMap || isMap, depth + 1);

                // What one item of a map says is nobody else's to know.
                known = isMap ? names : known.Union(then);
            }

            return known;
        }
    }
}
