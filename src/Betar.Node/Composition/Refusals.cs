using Betar.Grains.Abstractions.Results;
using Betar.Node.Errors;

namespace Betar.Node.Composition;

/// <summary>A grain's refusal as the terminal shows it.</summary>
internal static class Refusals
{
    public static CliRefusal Of(Refusal refusal) =>
        (ErrorCatalog.Find(refusal.Code) ?? ErrorCatalog.Unexpected).Refuse(refusal.Message) with { RetryAfterSeconds = refusal.RetryAfterSeconds };
}
