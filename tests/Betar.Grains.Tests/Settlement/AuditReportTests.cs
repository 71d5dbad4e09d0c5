using Betar.Grains.Settlement.Audit;

namespace Betar.Grains.Tests.Settlement;

public sealed class AuditReportTests
{
    [Fact]
    public void A_single_fault_spoils_an_audit()
    {
        Assert.True(new AuditReport(1, 1, 0, 0, []).Ok);
        Assert.False(new AuditReport(1, 1, 0, 0, [null!]).Ok);
    }
}
