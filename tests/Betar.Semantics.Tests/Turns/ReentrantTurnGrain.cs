namespace Betar.Semantics.Tests.Turns;

[Reentrant]
[GrainType("reentrant-turn")]
public sealed class ReentrantTurnGrain : TurnGrain;
