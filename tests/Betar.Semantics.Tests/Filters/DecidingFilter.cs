namespace Betar.Semantics.Tests.Filters;

/// <summary>Answers, refuses, replaces and reads arguments, as the text asks.</summary>
public sealed class DecidingFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var text = context.InterfaceMethod?.DeclaringType == typeof(IFilteredGrain) && context.Request.GetArgumentCount() > 0
            ? context.Request.GetArgument(0) as string
            : null;
        switch (text)
        {
            case "answer without the grain":
                context.Result = "answered by the filter";
                return;
            case "refuse":
                throw new UnauthorizedAccessException("refused by the filter");
            case "change my argument":
                context.Request.SetArgument(0, "changed by the filter");
                await context.Invoke();
                return;
            case "who":
                await context.Invoke();
                context.Result = $"{context.InterfaceName}.{context.MethodName} of {context.Grain!.GetType().Name} by {context.ImplementationMethod.DeclaringType!.Name} at {context.TargetId.Type}";
                return;
            case "swallow":
                try
                {
                    await context.Invoke();
                }
                catch (InvalidOperationException)
                {
                    context.Result = "swallowed";
                }

                return;
            default:
                await context.Invoke();
                return;
        }
    }
}
