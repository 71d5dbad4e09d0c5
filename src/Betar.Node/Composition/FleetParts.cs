using Betar.Node.Sessions;

namespace Betar.Node.Composition;

/// <summary>The parts of a fleet's node, in the order in which they start.</summary>
internal static class FleetParts
{
    public static IReadOnlyList<INodePart> Create() => [new SessionsPart()];
}
