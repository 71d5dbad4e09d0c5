using System.Diagnostics;
using Betar.Grains.Payments;

namespace Betar.Node.Composition;

/// <summary>
/// Ends this process as a power cut would, at the place that BETAR_FAULT_POINT names. For crash tests; without the variable it
/// is not there.
/// </summary>
internal sealed class KillAtFaultPoint(string point) : IFaultPoints
{
    public const string Variable = "BETAR_FAULT_POINT";

    public void Reach(string name)
    {
        if (name == point)
            Process.GetCurrentProcess().Kill();
    }
}
