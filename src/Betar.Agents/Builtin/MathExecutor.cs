using Betar.Agents.Builtin.Arithmetic;

namespace Betar.Agents.Builtin;

/// <summary>Exact arithmetic over rational numbers: + - * / ^ and brackets; bounded in depth and in the size of numbers.</summary>
internal sealed class MathExecutor(ExecutorOptions options) : IExecutor
{
    public const string Name = "math";

    private const string Question = "what is ";

    public bool IsIdempotent => true;

    public ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        var evaluation = new Evaluator(Expression(request.Input), options).Evaluate();
        return ValueTask.FromResult(evaluation.Failure is { } failure
            ? ExecutionOutcome.Failed(failure)
            : ExecutionOutcome.Ok(evaluation.Value.ToString()));
    }

    /// <summary>"What is 2+2?" asks for 2+2.</summary>
    private static ReadOnlyMemory<char> Expression(string input)
    {
        ReadOnlyMemory<char> text = input.AsMemory().Trim();
        if (text.Span.StartsWith(Question, StringComparison.OrdinalIgnoreCase))
            text = text[Question.Length..];
        return text.Span.EndsWith("?") ? text[..^1] : text;
    }
}
