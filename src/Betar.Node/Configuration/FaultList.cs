using Betar.Node.Errors;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration;

/// <summary>Collects everything that is wrong with one file, so that a person mends it in one go.</summary>
internal sealed class FaultList
{
    /// <summary>More faults than this are counted and not shown.</summary>
    private const int Shown = 20;

    private readonly List<ConfigurationFault> faults = [];

    public bool Any => faults.Count > 0;

    public int Count => faults.Count;

    public void Add(YamlNode place, string message) => Add(ErrorCatalog.BadConfiguration, place, message);

    public void Add(ErrorEntry error, YamlNode place, string message) =>
        faults.Add(new ConfigurationFault(error, place.Start.Line, place.Start.Column, message));

    /// <summary>One sentence over all faults; its code is theirs when they share one.</summary>
    public CliRefusal ToRefusal(string file)
    {
        var ordered = faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column).ToList();
        var error = ordered.All(fault => fault.Error == ordered[0].Error) ? ordered[0].Error : ErrorCatalog.BadConfiguration;
        var list = string.Join("; ", ordered.Take(Shown));
        if (ordered.Count > Shown)
            list += $"; and {ordered.Count - Shown} more";
        return ordered.Count == 1
            ? error.Refuse($"{file}, {list}")
            : error.Refuse($"{file} has {ordered.Count} faults: {list}", "mend the lines that are named");
    }
}
