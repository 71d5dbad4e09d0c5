using Orleans.Serialization.Invocation;

namespace Betar.Semantics.Tests.Turns;

/// <summary>Lets in between whatever has "guest" as its first argument.</summary>
[MayInterleave(nameof(LetsIn))]
[GrainType("picky-turn")]
public sealed class PickyTurnGrain : TurnGrain
{
    public static bool LetsIn(IInvokable request) =>
        request.GetMethodName() == nameof(ITurnGrain.Plain) && request.GetArgumentCount() > 0 && (string?)request.GetArgument(0) == "guest";
}
