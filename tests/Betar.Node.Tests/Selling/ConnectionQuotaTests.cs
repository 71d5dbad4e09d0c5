using System.Net;
using Betar.Node.Selling;

namespace Betar.Node.Tests.Selling;

public sealed class ConnectionQuotaTests
{
    private static readonly IPAddress s_first = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_second = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress s_third = IPAddress.Parse("2001:db8::1");

    [Fact]
    public void One_address_cannot_take_the_places_of_the_others()
    {
        var quota = new ConnectionQuota(new TcpServiceOptions { MaxConnections = 10, MaxConnectionsPerAddress = 2 });

        Assert.True(quota.TryEnter(s_first));
        Assert.True(quota.TryEnter(s_first));
        Assert.False(quota.TryEnter(s_first));
        Assert.True(quota.TryEnter(s_second));
        quota.Leave(s_first);
        Assert.True(quota.TryEnter(s_first));
        Assert.False(quota.TryEnter(s_first));
    }

    [Fact]
    public void All_together_have_a_limit_too()
    {
        var quota = new ConnectionQuota(new TcpServiceOptions { MaxConnections = 2, MaxConnectionsPerAddress = 2 });

        Assert.True(quota.TryEnter(s_first));
        Assert.True(quota.TryEnter(s_second));
        Assert.False(quota.TryEnter(s_third));
        quota.Leave(s_second);
        Assert.True(quota.TryEnter(s_third));
    }

    [Fact]
    public void Who_was_turned_away_holds_no_place()
    {
        var quota = new ConnectionQuota(new TcpServiceOptions { MaxConnections = 5, MaxConnectionsPerAddress = 1 });
        Assert.True(quota.TryEnter(s_first));
        for (int i = 0; i < 10; i++)
            Assert.False(quota.TryEnter(s_first));

        quota.Leave(s_first);

        Assert.True(quota.TryEnter(s_first));
        Assert.True(quota.TryEnter(s_second));
    }

    [Fact]
    public void The_limits_are_those_that_are_promised()
    {
        var options = new TcpServiceOptions();
        Assert.Equal((1_024, 512), (options.MaxConnections, options.MaxConnectionsPerAddress));
    }
}
