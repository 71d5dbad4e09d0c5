// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// A token under an attacker's hand: while it moves money it calls back into whoever called it, and notes how that ended.
contract ReentrantToken {
    mapping(address account => uint256) public balanceOf;
    bytes public attack;
    bool public attacked;
    bool public attackSucceeded;
    bytes public attackResult;

    function mint(address to, uint256 value) external {
        balanceOf[to] += value;
    }

    function arm(bytes calldata call) external {
        attack = call;
        attacked = false;
        attackSucceeded = false;
        attackResult = "";
    }

    function transfer(address to, uint256 value) external returns (bool) {
        _move(msg.sender, to, value);
        return true;
    }

    function receiveWithAuthorization(address from, address to, uint256 value, uint256, uint256, bytes32, bytes calldata) external {
        _move(from, to, value);
    }

    function _move(address from, address to, uint256 value) private {
        if (attack.length > 0 && !attacked) {
            attacked = true;
            (attackSucceeded, attackResult) = msg.sender.call(attack);
        }
        balanceOf[from] -= value;
        balanceOf[to] += value;
    }
}
