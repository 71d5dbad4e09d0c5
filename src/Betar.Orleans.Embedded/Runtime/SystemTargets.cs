using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>Services of one silo that are called like grains: their key is the silo.</summary>
internal static class SystemTargets
{
    private const string Prefix = "sys.silo.";
    public static readonly GrainType Control = GrainType.Create(Prefix + "control");
    public static readonly GrainType Reminders = GrainType.Create(Prefix + "reminders");

    public static GrainId IdOf(GrainType type, SiloAddress silo) => GrainId.Create(type, silo.ToParsableString());

    public static bool TryGetSilo(GrainId id, [NotNullWhen(true)] out SiloAddress? silo)
    {
        var isSystem = id.Type == Control || id.Type == Reminders;
        silo = isSystem ? SiloAddress.FromParsableString(id.Key.ToString()) : null;
        return isSystem;
    }
}
